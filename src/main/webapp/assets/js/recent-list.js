import { stored } from './storage.js';

/** What was used lately, newest first: a list of texts that this browser keeps as far as it can. */
export class RecentList {
  #key;
  #most;

  constructor(key, most) {
    this.#key = key;
    this.#most = most;
  }

  get all() {
    const kept = stored(() => JSON.parse(localStorage.getItem(this.#key)));
    return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string') : [];
  }

  add(text) {
    const kept = [text, ...this.all.filter((other) => other !== text)].slice(0, this.#most);
    stored(() => localStorage.setItem(this.#key, JSON.stringify(kept)));
  }

  /** Calls back when another tab has changed the list. */
  onChange(callback) {
    addEventListener('storage', ({ key }) => key === this.#key && callback());
  }
}
