// Who else is in the room: the list of people, who is typing, and what others learn of us.
import { Away } from './away.js';
import { PeoplePanel } from './people-panel.js';
import { Presence } from './presence.js';
import { Typing } from './typing.js';

const byId = (id) => document.getElementById(id);

export class Company {
  #presence;
  #panel;
  #typing;
  #away;
  #you;

  /** @param send(frame) sends it if the connection is live */
  constructor(room, you, send) {
    this.#you = you;
    this.#panel = new PeoplePanel(byId('people'), byId('people-toggle'), you);
    this.#presence = new Presence(room, (people, count) => this.#panel.show(people, count));
    this.#typing = new Typing(byId('typing').firstElementChild, byId('chat-message-input'), send);
    this.#away = new Away(send);
  }

  welcome({ you, present, presentCount }) {
    this.#you = you;
    this.#panel.you = you;
    this.#presence.listed(present, presentCount);
    this.#typing.clear();
  }

  /** Frames may be sent now. */
  live() {
    this.#panel.stale = false;
    this.#away.welcomed();
  }

  /** What is shown may be so no more. */
  lost() {
    this.#panel.stale = true;
    this.#typing.clear();
  }

  changed(event) {
    this.#presence.changed(event);
    this.#typing.gone(event.left);
  }

  types(user) {
    if (user.id !== this.#you.id) this.#typing.started(user);
  }

  /** Somebody has said something, so they are not writing it any more. */
  said(author) {
    this.#typing.gone([author.id]);
    if (author.id === this.#you.id) this.#typing.sent();
  }
}
