// A list of people to talk to: everybody, or those whose names fit. Each row has a button that opens the conversation.
import { Dialog } from './dialog.js';
import { PeopleSearch } from './people-search.js';
import { talkTo } from './talk.js';
import { newAccountRow, newButton } from './account-row.js';
import { words } from './words.js';

export class Directory {
  #list;
  #status;
  #more;
  #you;
  #search;
  #next;

  /** @param place the element with the field, the list, the button for more and the line that says how it went */
  constructor(place, you) {
    const input = place.querySelector('input[type="search"]');
    this.#list = place.querySelector('.accounts');
    this.#status = place.querySelector('[role="status"]');
    this.#more = place.querySelector('.more');
    this.#you = you;
    this.#search = new PeopleSearch(input, {
      found: (people, next, further) => this.#show(people, next, further),
      failed: (problem) => { this.#status.textContent = problem.message; },
    });
    this.#more.addEventListener('click', () => this.#search.find(input.value.trim(), this.#next));
    this.#list.addEventListener('click', ({ target }) => {
      const button = target.closest('button');
      if (button) this.#talk(button);
    });
  }

  load() {
    this.#search.find('');
  }

  #show(people, next, further) {
    const rows = people.filter(({ id }) => id !== this.#you.id).map((person) => this.#row(person));
    if (further) this.#list.append(...rows);
    else this.#list.replaceChildren(...rows);
    this.#next = next;
    this.#more.hidden = !next;
    this.#status.textContent = this.#list.childElementCount ? '' : words.nobodyFound;
  }

  #row(person) {
    const row = newAccountRow(person, this.#you);
    row.querySelector('.end').append(newButton(words.write, 'quiet-button', words.message(person.name)));
    return row;
  }

  async #talk(button) {
    button.disabled = true;
    this.#status.textContent = '';
    try {
      await talkTo(button.closest('[data-id]').dataset.id);
    } catch (problem) {
      button.disabled = false;
      this.#status.textContent = problem.message;
    }
  }
}

/** The dialog in which somebody is chosen to write to. */
export function directoryDialog(element, you) {
  const directory = new Directory(element, you);
  return new Dialog(element, { open: () => directory.load() });
}
