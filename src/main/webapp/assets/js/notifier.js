import { at, call } from './api.js';
import { desktopState } from './desktop.js';
import { asking } from './level.js';
import { isLookedAt, Looking } from './looking.js';
import { roomAddress, storageKey } from './page.js';
import { titleOf } from './room-link.js';
import { words } from './words.js';

const LOOKED_THROUGH = 20; // messages, for the one that mentions the reader

/**
 * Shows on the desktop what is said in rooms that nobody looks at.
 *
 * Of all tabs of a browser one does so: the one that holds a lock, which the next gets when that tab is closed.
 */
export class Notifier {
  #known; // by room: {asking, head} when it was last told of; nothing before the first list
  #looking;
  #leads = false;

  /** @param rooms the rooms of the reader (MyRooms); @param open the name of the room that is open here, if any */
  constructor(rooms, open) {
    rooms.addEventListener('listed', ({ detail }) => this.#listed(detail));
    rooms.addEventListener('changed', ({ detail: { room, entry } }) => (entry ? this.#changed(entry) : this.#known?.delete(room)));
    this.#looking = new Looking(open);
    navigator.locks.request(storageKey('notifier'), () => {
      this.#leads = true;
      return new Promise(() => {}); // until this tab is closed
    });
  }

  /** The room that is open has another name. */
  renamed(open) {
    this.#looking.at(open);
  }

  #listed(entries) {
    if (this.#known) entries.forEach((entry) => this.#changed(entry));
    this.#known = new Map(entries.map((entry) => [entry.room, placeOf(entry)]));
  }

  #changed(entry) {
    const before = this.#known?.get(entry.room) ?? { asking: 0, head: 0 };
    const now = placeOf(entry);
    this.#known?.set(entry.room, now);
    if (now.asking > before.asking && now.head > before.head) this.#tell(entry);
  }

  async #tell(entry) {
    if (!this.#leads || desktopState() !== 'on' || await isLookedAt(entry.room)) return;
    const message = await lastMessage(entry).catch(() => undefined); // gone meanwhile, or not to be read now
    if (message) show(entry, message);
  }
}

const placeOf = (entry) => ({ asking: asking(entry), head: entry.head });

async function lastMessage({ room, notifications }) {
  const said = (await call('GET', `${at`rooms/${room}/messages`}?limit=${LOOKED_THROUGH}`)).filter(({ body }) => body);
  return (notifications === 'mentions' && said.findLast(({ body }) => body.includes('@'))) || said.at(-1);
}

function show(entry, { author, body }) {
  const title = entry.kind === 'direct' ? author.name : words.saidIn(author.name, titleOf(entry));
  const notification = new Notification(title, { body, tag: storageKey(`room:${entry.room}`), renotify: true });
  notification.addEventListener('click', () => {
    notification.close();
    window.focus();
    location.assign(roomAddress(entry.room));
  });
}
