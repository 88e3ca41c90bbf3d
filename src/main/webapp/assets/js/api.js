// The REST API, as a page calls it.
import { words } from './words.js';

const root = document.documentElement;
const base = `${root.dataset.context ?? ''}/api/v1/`;

/** What the server refused, or did not answer: `code` is the fault's, `field` what is wrong, the message a sentence for people. */
export class Problem extends Error {
  constructor(sentence, { code = '', field = '', status = 0 } = {}) {
    super(sentence);
    Object.assign(this, { code, field, status });
  }
}

/** Puts segments into a path, each encoded: at`rooms/${name}/members`. */
export const at = (texts, ...segments) =>
  texts.reduce((path, text, i) => path + encodeURIComponent(segments[i - 1]) + text);

/** Gives the answer's JSON, nothing if it has none; throws a {@link Problem}. @param signal by which it is given up */
export async function call(method, path, body, headers = {}, signal = undefined) {
  let answer;
  try {
    answer = await fetch(base + path, {
      method,
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        ...(method !== 'GET' && root.dataset.csrf && { 'X-Foyer-Csrf': root.dataset.csrf }),
        ...headers,
      },
      body: body && JSON.stringify(body),
      signal,
    });
  } catch {
    throw new Problem(words.failed);
  }
  const json = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new Problem(json?.detail ?? words.failed, { ...json, status: answer.status });
  return json;
}
