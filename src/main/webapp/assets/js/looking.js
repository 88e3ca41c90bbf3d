import { storageKey } from './page.js';

const nameOf = (room) => storageKey(`looking:${room}`);

/** Lets the other tabs know which room somebody looks at here: by a lock that this tab holds as long as they do. */
export class Looking {
  #room;
  #held; // the room of the lock
  #release = () => {};

  constructor(room) {
    ['focus', 'blur'].forEach((change) => addEventListener(change, () => this.at(this.#room)));
    document.addEventListener('visibilitychange', () => this.at(this.#room));
    this.at(room);
  }

  at(room) {
    this.#room = room;
    const looked = document.hidden || !document.hasFocus() ? undefined : room;
    if (looked === this.#held) return;
    this.#release();
    this.#held = looked;
    if (!looked) return;
    const over = new Promise((resolve) => { this.#release = resolve; });
    navigator.locks.request(nameOf(looked), { mode: 'shared' }, () => over);
  }
}

/** Whether somebody looks at this room in a tab of this browser. */
export async function isLookedAt(room) {
  const { held } = await navigator.locks.query();
  return held.some(({ name }) => name === nameOf(room));
}
