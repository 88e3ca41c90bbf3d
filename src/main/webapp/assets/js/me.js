// TEMPORARY stand-in until the branch `reading` brings its own.
import { Connection } from './connection.js';

export class MyRooms {
  #rooms = new Map();
  #connection;
  constructor(on) {
    const context = document.documentElement.dataset.context ?? '';
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.#connection = new Connection(() => `${scheme}://${location.host}${context}/ws/me`, {
      events: (events) => {
        for (const event of events) {
          if (event.type === 'rooms.listed') { this.#rooms = new Map(event.rooms.map((r) => [r.room, r])); this.#connection.welcomed(); }
          if (event.type === 'room.listed' || event.type === 'room.counted') this.#rooms.set(event.room, { ...this.#rooms.get(event.room), ...event });
          if (event.type === 'room.unlisted') this.#rooms.delete(event.room);
        }
        on.changed([...this.#rooms.values()]);
      },
      state() {},
    });
    this.#connection.open();
  }
}
