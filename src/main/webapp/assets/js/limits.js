// What the server accepts, as its welcome said; checked here first, so that nobody has to wait for the complaint.
import { words } from './words.js';

const ENVELOPE = 200; // bytes of a frame around the text
let limits = {};

export function setLimits(welcome) {
  limits = welcome ?? {};
}

/** What is wrong with a file, as a sentence. */
export function fileProblem({ size }) {
  if (!size) return words.fileEmpty;
  return limits.upload && size > limits.upload ? words.fileTooLarge(limits.upload) : '';
}

/** What is wrong with the size of this text, as a sentence. */
export function sizeProblem(text) {
  const { message, frame } = limits;
  if (message && text.length > message) {
    const length = [...text].length;
    if (length > message) return words.tooLong(length, message);
  }
  const bytes = frame ? new TextEncoder().encode(JSON.stringify(text)).length + ENVELOPE : 0;
  return bytes > frame ? words.tooLarge : undefined;
}
