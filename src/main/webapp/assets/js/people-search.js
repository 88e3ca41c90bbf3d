import { call } from './api.js';

const PAUSE = 200; // ms after the last key

/** Finds people by what is typed; only the answer to the last question counts. */
export class PeopleSearch {
  #on;
  #timer;
  #asked = 0;

  /** @param on {found(people, next), failed(problem)} */
  constructor(input, on) {
    this.#on = on;
    input.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.find(input.value.trim()), PAUSE);
    });
  }

  /** @param after where the last page ended */
  async find(query, after = '') {
    clearTimeout(this.#timer);
    const number = ++this.#asked;
    try {
      const { people, next } = await call('GET', `people?${new URLSearchParams({ query, ...(after && { after }) })}`);
      if (number === this.#asked) this.#on.found(people, next, Boolean(after));
    } catch (problem) {
      if (number === this.#asked) this.#on.failed?.(problem);
    }
  }
}
