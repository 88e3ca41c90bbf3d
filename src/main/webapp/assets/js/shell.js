// What stands around every page of somebody who is signed in: their rooms and conversations, and what is new there.
import { TabCount } from './attention.js';
import { Bell } from './bell.js';
import { desktopState } from './desktop.js';
import { installKeys } from './keys.js';
import { Later } from './later.js';
import { asking, isMuted } from './level.js';
import { MyRooms } from './me.js';
import { Notifier } from './notifier.js';
import { onRecentChange, recentRooms, remember } from './recent.js';
import { Sidebar } from './sidebar.js';

const byId = (id) => document.getElementById(id);

export class Shell {
  tab = new TabCount();
  #you;
  #open;
  #bell;
  #notifier;
  #sidebar = new Sidebar({ rooms: byId('my-rooms'), direct: byId('my-direct') });
  #mine = []; // what the stream has told, or where a guest was lately

  /** @param you {id, name, guest}; @param open the room that is open, as {name, kind, topic, partner}, if any */
  constructor(you, open = undefined) {
    this.#you = you;
    this.#open = open;
    if (you.guest) this.#asGuest();
    else this.#asMember();
    installKeys(() => this.rooms, you);
  }

  /** The room that is open is another than it was. */
  changed() {
    this.#notifier?.renamed(this.#open.name);
    this.#show();
  }

  /** We are in the room that is open. */
  entered() {
    if (this.#you.guest) {
      remember(this.#open.name);
      this.#recent();
    }
  }

  /** So many messages came in that room; guests have nothing else to count. */
  arrived(count) {
    if (this.#you.guest && document.hidden) this.tab.count += count;
  }

  #asMember() {
    const rooms = new MyRooms(this.#you);
    for (const change of ['listed', 'changed']) {
      rooms.addEventListener(change, () => {
        this.#mine = rooms.rooms;
        this.#show();
      });
    }
    if (byId('bell')) this.#bell = new Bell(byId('bell'), byId('notifications'), this.#open);
    if (!['insecure', 'unsupported'].includes(desktopState())) this.#notifier = new Notifier(this.#you, rooms, this.#open?.name);
    rooms.open();
    document.addEventListener('visibilitychange', () => this.#count());
    const newRoom = new Later(async () => (await import('./new-room.js')).newRoomDialog(byId('new-room-dialog'), this.#you));
    byId('new-room').addEventListener('click', () => newRoom.open());
    const newMessage = new Later(async () => (await import('./directory.js')).directoryDialog(byId('new-message-dialog'), this.#you));
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
    this.#mine = recentRooms().map((room) => ({ room, kind: 'open' }));
    this.#show();
  }

  #show() {
    this.#sidebar.show(this.rooms, this.#open?.name);
    if (this.#you.guest) return;
    this.#count();
    const here = this.#mine.find(({ room }) => room === this.#open?.name);
    if (here) this.#bell?.told(here.notifications);
  }

  /** The rooms of the reader; the one that is open is among them even where it is none of theirs. */
  get rooms() {
    if (!this.#open || this.#mine.some(({ room }) => room === this.#open.name)) return this.#mine;
    const { name, kind, partner } = this.#open;
    return [...this.#mine, { room: name, kind, with: partner }];
  }

  #count() {
    const others = this.#mine.filter(({ room }) => document.hidden || room !== this.#open?.name);
    this.tab.count = others.reduce((sum, entry) => sum + asking(entry), 0);
    this.tab.more = others.some((entry) => entry.unread > 0 && !isMuted(entry));
  }
}
