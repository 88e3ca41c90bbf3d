import { at, call } from './api.js';
import { desktopState, giveUp } from './desktop.js';
import { asking } from './level.js';
import { isLookedAt, Looking } from './looking.js';
import { messageOf, spoken } from './message.js';
import { roomAddress, storageKey } from './page.js';
import { titleOf } from './room-link.js';
import { stored } from './storage.js';
import { words } from './words.js';

const LOOKED_THROUGH = 20; // messages, for the one that mentions the reader
const HANDED_ON = 2_000; // ms: the lock of the page before comes free by then; whoever still waits is not to show anything
const ON_THE_WAY = 30_000; // ms: a tab that loads its next page for longer begins anew

/**
 * Shows on the desktop what is said in rooms that nobody looks at.
 *
 * Of all tabs of a reader in a browser one does so: the one that holds a lock, which the next gets when that tab is closed or hears
 * no more of their rooms.
 */
export class Notifier {
  #known; // by room: {asking, head} when it was last told of; nothing before the first list of a tab
  #looking;
  #leads = false;
  #settled; // fulfilled when it is known whether this tab shows anything

  /** @param you the reader, as {id}; @param rooms theirs (MyRooms); @param open the name of the room that is open here, if any */
  constructor(you, rooms, open) {
    rooms.addEventListener('listed', ({ detail }) => this.#listed(detail));
    rooms.addEventListener('changed', ({ detail: { room, entry } }) => (entry ? this.#changed(entry) : this.#known?.delete(room)));
    this.#looking = new Looking(open);
    const name = storageKey(`notifier:${you.id}`);
    this.#known = takeOver(name);
    addEventListener('pagehide', () => handOver(name, this.#known));
    this.#settled = new Promise((settled) => {
      setTimeout(settled, HANDED_ON);
      this.#lead(name, over(rooms), settled);
    });
  }

  async #lead(lock, end, settled) {
    await navigator.locks.request(lock, () => {
      this.#leads = true;
      settled();
      return end;
    });
    this.#leads = false;
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
    await this.#settled;
    if (!this.#leads || desktopState() !== 'on' || await isLookedAt(entry.room)) return;
    const message = await lastMessage(entry).catch(() => undefined); // gone meanwhile, or not to be read now
    if (message) show(entry, message);
  }
}

/** Leaves what is known to the next page of the tab, which may be told of nothing that is said while it loads. */
function handOver(name, known) {
  if (known) stored(() => sessionStorage.setItem(name, JSON.stringify({ at: Date.now(), known: [...known] })));
}

function takeOver(name) {
  const left = stored(() => JSON.parse(sessionStorage.getItem(name)));
  stored(() => sessionStorage.removeItem(name)); // a copy of the tab has its own
  return left && Date.now() - left.at < ON_THE_WAY ? new Map(left.known) : undefined;
}

/** Fulfilled when nothing is told of the rooms any more: the reader has been signed out. */
const over = (rooms) => new Promise((resolve) => {
  rooms.addEventListener('state', ({ detail: { state } }) => state === 'closed' && resolve());
});

const placeOf = (entry) => ({ asking: asking(entry), head: entry.head });

async function lastMessage({ room, notifications }) {
  const said = (await call('GET', `${at`rooms/${room}/messages`}?limit=${LOOKED_THROUGH}`)).map(messageOf).filter(spoken);
  return (notifications === 'mentions' && said.findLast(({ body }) => body.includes('@'))) || said.at(-1);
}

function show(entry, message) {
  const { name } = message.author;
  const title = entry.kind === 'direct' ? name : words.saidIn(name, titleOf(entry));
  const notification = notificationOf(title, { body: spoken(message), tag: storageKey(`room:${entry.room}`), renotify: true });
  notification?.addEventListener('click', () => {
    notification.close();
    window.focus();
    location.assign(roomAddress(entry.room));
  });
}

/** Chrome on Android has the class and refuses to make one. */
function notificationOf(title, options) {
  try {
    return new Notification(title, options);
  } catch {
    giveUp();
    return undefined;
  }
}
