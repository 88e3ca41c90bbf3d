const MOST = 256 * 1024; // characters

/** The log as plain text, live messages only: one line more per message, the oldest lines go first. */
export function appendTo(transcript, lines) {
  if (lines.length === 0) return;
  let text = transcript.value + lines.join('\n') + '\n';
  if (text.length > MOST) text = text.slice(text.indexOf('\n', text.length - MOST - 1) + 1);
  transcript.value = text;
  transcript.scrollTop = transcript.scrollHeight;
}
