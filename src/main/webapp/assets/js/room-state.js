// The room itself, as this page knows it: {name, kind, topic, archived, role, rights, partner}, and how the page shows it.
import { at, call } from './api.js';
import { roomAddress } from './page.js';
import { words } from './words.js';

const byId = (id) => document.getElementById(id);
const GRANTS = { opened: { kind: 'open' }, closed: { kind: 'closed' }, archived: { archived: true }, unarchived: { archived: false } };

export class RoomState {
  #bar = byId('bar');
  #on;
  refusal = ''; // the code of the fault by which the room was closed to us

  /** @param on {changed()} */
  constructor(name, on) {
    const { kind, topic = '', archived, role = '', rights = '', partner, partnerName } = this.#bar.dataset;
    Object.assign(this, { name, kind, topic, archived: Boolean(archived), role, rights: rights.split(' ') });
    this.partner = partner && { id: partner, name: partnerName };
    this.#on = on;
    this.show();
  }

  may(right) {
    return this.rights.includes(right);
  }

  get title() {
    return this.partner?.name ?? this.name;
  }

  /** Something happened to the room, or to what we may do there. */
  noted({ note, text = '', subject }, you) {
    if (note === 'topic') this.become({ topic: text });
    else if (GRANTS[note]) this.become(GRANTS[note]);
    if (subject?.id === you.id || GRANTS[note]) this.refresh();
  }

  /** Asks the server what the room is and what we may do there. */
  async refresh() {
    const room = await call('GET', at`rooms/${this.name}`).catch(() => undefined); // gone, or not now: the socket will tell
    if (room) this.become(room);
  }

  /** @param known what is known now, in the members of this object or the answer of the server */
  become({ name = this.name, kind = this.kind, topic = this.topic, archived = this.archived, role = this.role, rights = this.rights }) {
    if (name !== this.name) window.history.replaceState(null, '', roomAddress(name));
    Object.assign(this, { name, kind, topic, archived, role, rights });
    this.show();
    this.#on.changed();
  }

  /** The room is closed to us for good, at least for this page. */
  refuse(code) {
    this.refusal = code;
    if (code === 'archived') this.archived = true;
    this.show();
  }

  show() {
    this.#bar.dataset.kind = this.kind;
    this.#bar.toggleAttribute('data-archived', this.archived);
    write(byId('room-title'), this.title);
    byId('room-title').parentElement.title = this.title;
    write(byId('topic'), this.topic);
    byId('topic').title = this.topic;
    byId('chat-message-input').placeholder = words.placeholder(this.title);
    const sentence = this.#whyNot();
    byId('composer').hidden = Boolean(sentence);
    byId('no-composer').hidden = !sentence;
    write(byId('no-composer').firstElementChild, sentence);
  }

  #whyNot() {
    if (this.archived) return words.cannotPost.archived;
    if (this.refusal) return words.cannotPost[this.refusal] ?? ''; // who was signed out writes on
    return this.may('post') ? '' : words.cannotPost.overseer;
  }
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
