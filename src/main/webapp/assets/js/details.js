// The dialog about a room: what it is, who belongs to it, and what may be done with it.
import { at, call } from './api.js';
import { Dialog } from './dialog.js';
import { Members } from './members.js';
import { lobbyAddress } from './page.js';
import { Picker } from './picker.js';
import { words } from './words.js';

const FIELDS = { taken: 'name', room_name: 'name', too_long: 'topic', text_refused: 'topic' };

export class Details {
  #element;
  #room;
  #you;
  #dialog;
  #members;
  #picker;

  constructor(element, room, you) {
    this.#element = element;
    this.#room = room;
    this.#you = you;
    this.#dialog = new Dialog(element, {
      open: () => this.#show(),
      submit: (form) => this.#save(form),
      fieldOf: ({ code, field }) => field || (FIELDS[code] ?? ''),
    });
    const complain = (sentence) => this.#dialog.complain(sentence, 'members');
    this.#members = new Members(this.#find('#members'), this.#find('#members-title'), { room, you, complain });
    this.#picker = new Picker(this.#find('.picker'), (id) => this.#members.has(id));
    element.addEventListener('click', ({ target }) => {
      const action = target.closest('[data-act]')?.dataset.act;
      if (action) this.#act(action, target.closest('[data-act]'));
    });
  }

  open() {
    this.#dialog.open();
  }

  /** The room has changed while people look at it. */
  refresh() {
    if (this.#element.open) this.#load();
  }

  #find(selector) {
    return this.#element.querySelector(selector);
  }

  #show() {
    const { name, topic, kind, archived } = this.#room;
    const { elements } = this.#find('form');
    Object.assign(elements.name, { value: name });
    Object.assign(elements.topic, { value: topic });
    elements.kind.value = kind;
    this.#find('.saved').textContent = '';
    this.#element.classList.toggle('administers', this.#room.may('administer'));
    this.#element.classList.toggle('moderates', this.#room.may('moderate') && !archived);
    this.#element.classList.toggle('archived', archived);
    this.#element.classList.toggle('belongs', Boolean(this.#room.role));
    this.#element.dataset.kind = kind;
    this.#find('#details-title').textContent = name;
    this.#find('#details-topic').textContent = topic;
    this.#picker.clear();
    this.#unask();
    this.#load();
  }

  #load() {
    this.#members.load().catch((problem) => this.#dialog.complain(problem.message, 'members'));
  }

  async #save({ elements }) {
    const wanted = { name: elements.name.value.trim(), topic: elements.topic.value.trim(), kind: elements.kind.value };
    for (const [what, value] of Object.entries(wanted)) { // one at a time: each is a line in the room
      if (value !== this.#room[what]) await this.#patch({ [what]: value });
    }
    this.#find('.saved').textContent = words.saved;
  }

  async #patch(change) {
    const room = await call('PATCH', at`rooms/${this.#room.name}`, change);
    this.#room.become(room ?? change);
    this.#find('#details-title').textContent = this.#room.name;
  }

  async #act(action, button) {
    const ask = button.dataset.ask;
    if (ask && button.dataset.asked === undefined) {
      this.#unask();
      button.dataset.asked = button.textContent;
      button.textContent = ask; // pressed once more it is done
      this.#find('.asking').textContent = words.questions[action];
      return;
    }
    this.#dialog.complain();
    try {
      await this.#actions[action]();
    } catch (problem) {
      this.#unask();
      this.#dialog.complain(problem.message, action === 'invite' ? 'members' : 'actions');
    }
  }

  #actions = {
    invite: async () => {
      for (const { id } of this.#picker.chosen) {
        await call('PUT', at`rooms/${this.#room.name}/members/${id}`, { role: 'member' });
      }
      this.#picker.clear();
      await this.#members.load();
    },
    leave: async () => {
      await call('DELETE', at`rooms/${this.#room.name}/members/${this.#you.id}`);
      location.assign(lobbyAddress());
    },
    archive: async () => {
      await this.#patch({ archived: true });
      this.#dialog.close();
    },
    unarchive: async () => {
      await this.#patch({ archived: false });
      location.reload();
    },
  };

  #unask() {
    this.#find('.asking').textContent = '';
    for (const button of this.#element.querySelectorAll('[data-asked]')) {
      button.textContent = button.dataset.asked;
      delete button.dataset.asked;
    }
  }
}
