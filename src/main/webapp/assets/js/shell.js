// What stands around every page of somebody who is signed in: their rooms and conversations, and what is new there.
import { TabCount } from './attention.js';
import { Dialog } from './dialog.js';
import { Directory } from './directory.js';
import { MyRooms } from './me.js';
import { newRoomDialog } from './new-room.js';
import { onRecentChange, recentRooms, remember } from './recent.js';
import { Sidebar } from './sidebar.js';

const byId = (id) => document.getElementById(id);

export class Shell {
  tab = new TabCount();
  #you;
  #room;
  #sidebar;
  #entries = [];

  /** @param you {id, name, guest}; @param room the name of the room that is open, if any */
  constructor(you, room = '') {
    this.#you = you;
    this.#room = room;
    this.#sidebar = new Sidebar({ rooms: byId('my-rooms'), direct: byId('my-direct') }, room);
    if (you.guest) this.#asGuest();
    else this.#asMember();
  }

  /** The room that is open is called like this now. */
  set room(name) {
    this.#room = this.#sidebar.current = name;
    this.#show();
  }

  /** We are in the room that is open. */
  entered() {
    if (this.#you.guest) {
      remember(this.#room);
      this.#recent();
    }
  }

  /** So many messages came in that room; guests have nothing else to count. */
  arrived(count) {
    if (this.#you.guest && document.hidden) this.tab.count += count;
  }

  #asMember() {
    new MyRooms({
      changed: (entries) => {
        this.#entries = entries;
        this.#show();
      },
    });
    document.addEventListener('visibilitychange', () => this.#count());
    const newRoom = newRoomDialog(byId('new-room-dialog'), this.#you);
    byId('new-room').addEventListener('click', () => newRoom.open());
    const directory = new Directory(byId('new-message-dialog'), this.#you);
    const newMessage = new Dialog(byId('new-message-dialog'), { open: () => directory.load() });
    byId('new-message').addEventListener('click', () => newMessage.open());
  }

  #asGuest() {
    onRecentChange(() => this.#recent());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.tab.count = 0;
    });
    this.#recent();
  }

  #recent() {
    const names = [...new Set([this.#room, ...recentRooms()])].filter(Boolean);
    this.#entries = names.map((room) => ({ room, kind: 'open' }));
    this.#show();
  }

  #show() {
    this.#sidebar.show(this.#entries);
    if (!this.#you.guest) this.#count();
  }

  /** What asks for the reader: mentions, and everything in conversations of two. */
  #count() {
    this.tab.count = this.#entries
      .filter(({ room }) => document.hidden || room !== this.#room)
      .reduce((sum, { kind, unread = 0, mentions = 0 }) => sum + (kind === 'direct' ? unread : mentions), 0);
  }
}
