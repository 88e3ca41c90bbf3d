// What happened to a room, as a sentence with names in it.
import { words } from './words.js';

function pattern({ note, text }) {
  if (note === 'topic' && !text) return words.notes.noTopic;
  const found = Object.hasOwn(words.notes, note) ? words.notes[note] : words.notes.other;
  return typeof found === 'string' ? found : found[text] ?? words.notes.other;
}

/** The parts of the sentence: plain texts, and {name} for what people have chosen. */
function parts(event) {
  const values = { author: event.author.name, subject: event.subject?.name ?? '', text: event.text ?? '' };
  return pattern(event).split(/\{(\w+)\}/).map((part, i) => (i % 2 ? { name: values[part] } : part));
}

export const sentenceOf = (event) => parts(event).map((part) => part.name ?? part).join('');

/** Names are isolated: one written from right to left must not turn the sentence around. */
export function write(element, event) {
  if (element.textContent === sentenceOf(event)) return; // somebody may have selected it
  element.replaceChildren(...parts(event).filter(Boolean).map((part) => {
    if (part.name === undefined) return part;
    const name = document.createElement('bdi');
    name.textContent = part.name;
    return name;
  }));
}
