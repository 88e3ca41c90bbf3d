import { paintAvatar } from './avatar.js';
import { PeopleSearch } from './people-search.js';
import { words } from './words.js';

const MOST = 8; // offered at once

/** A field in which people are chosen by name (the combobox pattern of ARIA APG), each kept as a chip. */
export class Picker {
  #input;
  #list;
  #chips;
  #status;
  #search;
  #without;
  #chosen = new Map(); // by id
  #offered = [];

  /** @param without(id): whether this person is not to be offered */
  constructor(field, without = () => false) {
    this.#input = field.querySelector('[role="combobox"]');
    this.#list = field.querySelector('[role="listbox"]');
    this.#chips = field.querySelector('.chips');
    this.#status = field.querySelector('[role="status"]');
    this.#without = without;
    this.#search = new PeopleSearch(this.#input, { found: (people) => this.#offer(people), failed: () => this.#offer([]) });
    this.#input.addEventListener('focus', () => this.#search.find(this.#input.value.trim()));
    this.#input.addEventListener('blur', () => this.#hide());
    this.#input.addEventListener('input', () => this.#move(-1)); // Enter must not choose among the answers to less
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#list.addEventListener('pointerdown', (event) => {
      event.preventDefault(); // the focus stays in the field
      const option = event.target.closest('[role="option"]');
      if (option) this.#choose(this.#offered[[...this.#list.children].indexOf(option)]);
    });
    this.#chips.addEventListener('click', ({ target }) => {
      const chip = target.closest('button');
      if (!chip) return;
      this.#chosen.delete(chip.dataset.id);
      this.#show();
      this.#input.focus();
    });
  }

  get chosen() {
    return [...this.#chosen.values()];
  }

  clear() {
    this.#chosen.clear();
    this.#input.value = '';
    this.#hide();
    this.#show();
  }

  #offer(people) {
    if (document.activeElement !== this.#input) return;
    this.#offered = people.filter(({ id }) => !this.#chosen.has(id) && !this.#without(id)).slice(0, MOST);
    this.#list.replaceChildren(...this.#offered.map((person, i) => option(person, `${this.#list.id}-${i}`)));
    this.#list.hidden = this.#offered.length === 0;
    this.#list.scrollIntoView({ block: 'nearest' });
    this.#input.setAttribute('aria-expanded', String(!this.#list.hidden));
    const found = this.#offered.length ? words.people(this.#offered.length) : words.nobodyFound;
    this.#status.textContent = this.#input.value.trim() || this.#offered.length ? found : '';
    this.#move(this.#offered.length && this.#input.value.trim() ? 0 : -1);
  }

  #key(event) {
    const at = [...this.#list.children].findIndex((item) => item.ariaSelected === 'true');
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.#list.hidden) {
      event.preventDefault();
      this.#move((at + step + this.#offered.length) % this.#offered.length);
    } else if (event.key === 'Enter' && !event.isComposing && (at >= 0 || this.#input.value.trim())) {
      event.preventDefault(); // a half-typed name must not send the form
      if (at >= 0) this.#choose(this.#offered[at]);
    } else if (event.key === 'Escape' && !this.#list.hidden) {
      event.preventDefault(); // closes the list, not the dialog
      this.#hide();
    } else if (event.key === 'Backspace' && !this.#input.value && this.#chosen.size) {
      this.#chosen.delete([...this.#chosen.keys()].at(-1));
      this.#show();
    }
  }

  #move(to) {
    [...this.#list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === to)));
    if (to < 0) this.#input.removeAttribute('aria-activedescendant');
    else this.#input.setAttribute('aria-activedescendant', this.#list.children[to].id);
    this.#list.children[to]?.scrollIntoView({ block: 'nearest' });
  }

  #choose(person) {
    this.#chosen.set(person.id, person);
    this.#input.value = '';
    this.#hide();
    this.#show();
  }

  #hide() {
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
    this.#status.textContent = '';
  }

  #show() {
    this.#chips.replaceChildren(...this.chosen.map(({ id, name }) => {
      const chip = document.createElement('button');
      Object.assign(chip, { type: 'button', className: 'chip', ariaLabel: words.takeOut(name) });
      chip.dataset.id = id;
      chip.append(Object.assign(document.createElement('bdi'), { textContent: name }));
      return chip;
    }));
  }
}

function option(person, id) {
  const item = document.createElement('li');
  Object.assign(item, { id, role: 'option', className: 'account' });
  const avatar = document.createElement('span');
  avatar.ariaHidden = 'true';
  paintAvatar(avatar, person);
  const name = Object.assign(document.createElement('bdi'), { textContent: person.name });
  const handle = Object.assign(document.createElement('small'), { textContent: person.handle ? `@${person.handle}` : '' });
  item.append(avatar, name, handle);
  return item;
}
