// The members in the dialog about a room: who they are, and for some of the readers, what becomes of them.
import { at, call } from './api.js';
import { newAccountRow, newButton } from './account-row.js';
import { words } from './words.js';

const ROLES = ['member', 'moderator', 'administrator'];

export class Members {
  #list;
  #heading;
  #room;
  #you;
  #complain;
  #members = [];

  constructor(list, heading, { room, you, complain }) {
    this.#list = list;
    this.#heading = heading;
    this.#room = room;
    this.#you = you;
    this.#complain = complain;
    list.addEventListener('change', ({ target }) => this.#give(rowOf(target), target.value));
    list.addEventListener('click', ({ target }) => {
      const action = target.closest('button')?.dataset.do;
      if (action === 'ask') this.#ask(rowOf(target));
      if (action === 'keep') this.#settle(rowOf(target));
      if (action === 'remove') this.#remove(rowOf(target));
    });
  }

  has(id) {
    return this.#members.some((member) => member.id === id);
  }

  async load() {
    const { members } = await call('GET', at`rooms/${this.#room.name}/members`);
    const focused = document.activeElement;
    this.#members = members;
    this.#heading.textContent = words.members(members.length);
    this.#list.replaceChildren(...members.map((member) => this.#row(member)));
    if (this.#list.contains(focused)) focused.focus();
  }

  #row(member) {
    const asking = this.#asking(member); // a question stays where it is, or it would go under the finger
    const row = asking ?? newAccountRow(member, this.#you);
    row.dataset.role = member.role;
    if (!asking) this.#settle(row);
    return row;
  }

  #asking({ id }) {
    return [...this.#list.querySelectorAll('[data-do="keep"]')].map(rowOf).find((row) => row.dataset.id === id);
  }

  /** The end of a row as it usually is. */
  #settle(row) {
    const { id, role, name } = row.dataset;
    const end = row.querySelector('.end');
    const removable = this.#room.may('moderate') && id !== this.#you.id && (role === 'member' || this.#room.may('administer'));
    const remove = removable && newButton(words.remove, 'quiet-button', words.removeMember(name));
    if (remove) remove.dataset.do = 'ask';
    end.replaceChildren(...[this.#roleOf(row), remove].filter(Boolean));
  }

  #roleOf({ dataset: { role, name } }) {
    if (!this.#room.may('administer')) {
      const text = document.createElement('span');
      text.className = 'role';
      text.textContent = role === 'member' ? '' : words.roles[role];
      return text;
    }
    const select = document.createElement('select');
    select.ariaLabel = words.roleOf(name);
    select.append(...ROLES.map((value) => new Option(words.roles[value], value, value === role, value === role)));
    return select;
  }

  #ask(row) {
    const question = document.createElement('span');
    question.textContent = words.removeThis;
    const remove = newButton(words.remove, 'link danger');
    const keep = newButton(words.keep, 'link');
    remove.dataset.do = 'remove';
    keep.dataset.do = 'keep';
    row.querySelector('.end').replaceChildren(question, remove, keep);
    keep.focus();
  }

  async #give(row, role) {
    await this.#try(() => call('PUT', at`rooms/${this.#room.name}/members/${row.dataset.id}`, { role }));
  }

  async #remove(row) {
    await this.#try(() => call('DELETE', at`rooms/${this.#room.name}/members/${row.dataset.id}`));
    this.#heading.focus();
  }

  /** Whatever came of it, the list then shows how it is. */
  async #try(change) {
    this.#complain();
    try {
      await change();
    } catch (problem) {
      this.#complain(problem.message);
    }
    await this.load().catch((problem) => this.#complain(problem.message));
  }
}

const rowOf = (element) => element.closest('[data-id]');
