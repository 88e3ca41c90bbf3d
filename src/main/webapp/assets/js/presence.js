import { presenceAddress } from './page.js';

const ALL_NAMED = 200; // of more people the server names some
const PATIENCE = 5_000; // between two questions for the whole list

/** The people in the room, as the server has told of them. */
export class Presence {
  #room;
  #changed;
  #people = new Map(); // by id: {id, name, guest, away}
  #count = 0;
  #asking;

  /** @param changed(people, count) hears of every change; of many people only some are known */
  constructor(room, changed) {
    this.#room = room;
    this.#changed = changed;
  }

  /** The server names everybody, or many. */
  listed(people, count) {
    this.#people = new Map(people.map((person) => [person.id, person]));
    this.#count = count;
    this.#changed([...this.#people.values()], count);
  }

  /** News; some of it may be known already. */
  changed({ joined, left, away, active, count }) {
    joined.forEach((user) => this.#people.set(user.id, { ...user, away: false }));
    left.forEach((id) => this.#people.delete(id));
    away.forEach((id) => this.#mark(id, true));
    active.forEach((id) => this.#mark(id, false));
    this.#count = count;
    this.#changed([...this.#people.values()], count);
    if (count !== this.#people.size && count <= ALL_NAMED) this.#askSoon(); // some news was missed
  }

  #mark(id, away) {
    const person = this.#people.get(id);
    if (person) this.#people.set(id, { ...person, away });
  }

  #askSoon() {
    this.#asking ??= setTimeout(() => this.#ask(), Math.random() * PATIENCE); // others may have missed it, too
  }

  async #ask() {
    try {
      const answer = await fetch(presenceAddress(this.#room));
      if (!answer.ok) return;
      const { people, count } = await answer.json();
      this.listed(people, count);
    } catch {
      // the network is away; the next welcome tells
    } finally {
      this.#asking = undefined;
    }
  }
}
