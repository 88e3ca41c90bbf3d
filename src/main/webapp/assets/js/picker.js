import { Options, personOption } from './options.js';
import { PeopleSearch } from './people-search.js';
import { words } from './words.js';

const MOST = 8; // offered at once

/** A field in which people are chosen by name (the combobox pattern of ARIA APG), each kept as a chip. */
export class Picker {
  #input;
  #list;
  #options;
  #chips;
  #status;
  #search;
  #without;
  #chosen = new Map(); // by id
  #offered = new Map(); // by option

  /** @param without(id): whether this person is not to be offered */
  constructor(field, without = () => false) {
    this.#input = field.querySelector('[role="combobox"]');
    this.#list = field.querySelector('[role="listbox"]');
    this.#chips = field.querySelector('.chips');
    this.#status = field.querySelector('[role="status"]');
    this.#without = without;
    this.#options = new Options(this.#input, this.#list, (option) => this.#choose(this.#offered.get(option)));
    this.#search = new PeopleSearch(this.#input, { found: (people) => this.#offer(people), failed: () => this.#offer([]) });
    this.#input.addEventListener('focus', () => this.#search.find(this.#input.value.trim()));
    this.#input.addEventListener('blur', () => this.#hide());
    this.#input.addEventListener('input', () => this.#options.move(-1)); // Enter must not choose among the answers to less
    this.#input.addEventListener('keydown', (event) => this.#key(event));
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
    const typed = this.#input.value.trim();
    const offered = people.filter(({ id }) => !this.#chosen.has(id) && !this.#without(id)).slice(0, MOST);
    this.#offered = new Map(offered.map((person) => [personOption(person), person]));
    this.#options.offer([...this.#offered.keys()], typed ? 0 : -1);
    this.#list.scrollIntoView({ block: 'nearest' });
    const found = offered.length ? words.people(offered.length) : words.nobodyFound;
    this.#status.textContent = typed || offered.length ? found : '';
  }

  #key(event) {
    if (this.#options.key(event)) return; // Escape closes the list, not the dialog
    if (event.key === 'Enter' && !event.isComposing && this.#input.value.trim()) {
      event.preventDefault(); // a half-typed name must not send the form
    } else if (event.key === 'Backspace' && !this.#input.value && this.#chosen.size) {
      this.#chosen.delete([...this.#chosen.keys()].at(-1));
      this.#show();
    }
  }

  #choose(person) {
    this.#chosen.set(person.id, person);
    this.#input.value = '';
    this.#hide();
    this.#show();
  }

  #hide() {
    this.#options.hide();
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
