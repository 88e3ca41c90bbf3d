// All rooms of the person who has signed in, kept up to date over one socket of their own.
import { Connection } from './connection.js';
import { usualLevel } from './level.js';
import { ownSocketAddress } from './page.js';
import { endIfReplaced, endIfStranger } from './signed-in.js';

/** What there is to read. Events: listed (all anew), changed (one room; undefined when it has gone), state (of the connection). */
export class MyRooms extends EventTarget {
  #rooms = new Map();
  #connection;
  #seen = new Map(); // room → place: what could not be sent yet

  constructor(you) {
    super();
    this.#connection = new Connection(ownSocketAddress, {
      events: (events) => endIfStranger(this.#connection, events, you) || events.forEach((event) => this.#receive(event)),
      state: (state, reason) => this.#tell('state', { state, reason }),
    });
    endIfReplaced(this.#connection, you);
  }

  open() {
    this.#connection.open();
  }

  /** connecting, live, reconnecting or closed (for good: signed out). */
  get state() {
    return this.#connection.state;
  }

  /** {room, kind, topic, with, notifications, head, seen, unread, mentions} of every room, by name. */
  get rooms() {
    return [...this.#rooms.values()].sort((one, other) => (one.room < other.room ? -1 : 1));
  }

  get(room) {
    return this.#rooms.get(room);
  }

  /** Of all rooms but one: the room that is open here. */
  total(except) {
    const others = this.rooms.filter(({ room }) => room !== except);
    const sum = (of) => others.reduce((total, entry) => total + of(entry), 0);
    return {
      unread: sum(({ unread }) => unread),
      mentions: sum(({ mentions }) => mentions),
      direct: sum(({ kind, unread }) => (kind === 'direct' ? unread : 0)),
    };
  }

  /** The person has read a room up to this place; sent at most once for every place, later if it cannot be sent now. */
  see(room, seq) {
    const known = this.#rooms.get(room)?.seen ?? -1;
    if (seq <= Math.max(known, this.#seen.get(room) ?? -1)) return;
    this.#seen.set(room, seq);
    this.#send(room);
  }

  #send(room) {
    this.#connection.send({ type: 'room.seen', room, seq: this.#seen.get(room) });
  }

  #receive(event) {
    switch (event.type) {
      case 'rooms.listed':
        this.#rooms = new Map(event.rooms.map((entry) => [entry.room, whole(facts(entry))]));
        this.#connection.welcomed();
        this.#rooms.forEach((entry) => this.#forgetSeen(entry));
        [...this.#seen.keys()].forEach((room) => this.#send(room));
        this.#tell('listed', this.rooms);
        break;
      case 'room.listed':
      case 'room.counted':
        this.#change(event.room, whole({ ...this.#rooms.get(event.room), ...facts(event) }));
        break;
      case 'room.unlisted':
        this.#seen.delete(event.room);
        this.#change(event.room, undefined);
        break;
      default: // of a newer server
    }
  }

  #change(room, entry) {
    if (entry) {
      this.#rooms.set(room, entry);
      this.#forgetSeen(entry);
    } else {
      this.#rooms.delete(room);
    }
    this.#tell('changed', { room, entry });
  }

  #forgetSeen({ room, seen }) {
    if (this.#seen.get(room) <= seen) this.#seen.delete(room);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

const facts = ({ type, ...entry }) => entry;
const whole = (entry) => ({ notifications: usualLevel(entry), ...entry });
