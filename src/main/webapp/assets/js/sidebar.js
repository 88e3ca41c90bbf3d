import { byName } from './language.js';
import { newRoomLink, paintRoomLink, titleOf } from './room-link.js';

/** By name, not by time: a list that people click in should stay as it is. */
const order = (a, b) => byName(titleOf(a), titleOf(b));

/** The lists of rooms and of conversations, kept as the stream tells; rows stay the same elements as long as they can. */
export class Sidebar {
  #lists; // by whether they hold conversations
  #items = new Map(); // by room

  constructor({ rooms, direct }) {
    this.#lists = new Map([[false, rooms], [true, direct]]);
    for (const list of [rooms, direct]) {
      for (const item of list.children) this.#items.set(item.dataset.room, item);
    }
    rooms.closest('.lists')?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }

  /** @param current the name of the room that this page shows */
  show(entries, current) {
    const known = new Set(entries.map(({ room }) => room));
    for (const [room, item] of this.#items) {
      if (known.has(room)) continue;
      item.remove();
      this.#items.delete(room);
    }
    for (const [direct, list] of this.#lists) {
      this.#fill(list, entries.filter(({ kind }) => (kind === 'direct') === direct).sort(order), current);
    }
  }

  #fill(list, entries, current) {
    entries.forEach((entry, i) => {
      let item = this.#items.get(entry.room);
      if (!item) this.#items.set(entry.room, item = newRoomLink());
      paintRoomLink(item, entry, current);
      if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null);
    });
    list.parentElement.classList.toggle('none', entries.length === 0);
  }
}
