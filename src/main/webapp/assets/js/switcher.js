// The way to everywhere: rooms, people and what can be done, found by a few letters.
import { Dialog } from './dialog.js';
import { newIcon } from './icon.js';
import { byName } from './language.js';
import { asking } from './level.js';
import { newOption, Options, personOption } from './options.js';
import { roomAddress } from './page.js';
import { PeopleSearch } from './people-search.js';
import { titleOf } from './room-link.js';
import { talkTo } from './talk.js';
import { words } from './words.js';

const MOST_ROOMS = 8;
const MOST_PEOPLE = 5;
const SIGNS = { open: 'hash', closed: 'lock', direct: 'write' };

export class Switcher {
  #element;
  #input;
  #options;
  #runs = new Map(); // what is done, by option
  #dialog;
  #rooms;
  #you;
  #people = []; // found for what is typed

  /** @param rooms gives the rooms of the reader, as the stream tells of them */
  constructor(element, rooms, you) {
    this.#element = element;
    this.#rooms = rooms;
    this.#you = you;
    this.#input = element.querySelector('input');
    this.#options = new Options(this.#input, element.querySelector('[role="listbox"]'), (option) => this.#take(option));
    this.#dialog = new Dialog(element, { open: () => this.#open(), closed: () => this.#options.hide() });
    this.#input.addEventListener('input', () => this.#typed());
    this.#input.addEventListener('keydown', (event) => event.key !== 'Escape' && this.#options.key(event));
    if (!you.guest) this.#searchPeople();
  }

  open() {
    this.#dialog.open();
  }

  #searchPeople() {
    new PeopleSearch(this.#input, {
      found: (people) => {
        const before = this.#people;
        this.#people = this.#input.value.trim() ? people.filter(({ id }) => id !== this.#you.id).slice(0, MOST_PEOPLE) : [];
        if (!areSame(before, this.#people)) this.#offer(); // or the mark would go back to the first for nothing
      },
    });
  }

  #open() {
    this.#input.value = '';
    this.#people = [];
    this.#offer();
  }

  #typed() {
    this.#people = this.#people.filter(({ name, handle }) => this.#fits(name) || this.#fits(handle));
    this.#offer();
  }

  async #take(option) {
    const run = this.#runs.get(option);
    this.#element.close();
    try {
      await run();
    } catch ({ message }) {
      this.open();
      this.#say(message);
    }
  }

  #say(sentence) {
    this.#element.querySelector('[role="status"]').textContent = sentence;
  }

  #offer() {
    const typed = this.#input.value.trim();
    this.#runs.clear();
    const rooms = this.#fittingRooms().map((entry) => this.#option(roomOption(entry), () => location.assign(roomAddress(entry.room))));
    const people = this.#people.map((person) => this.#option(personOption(person), () => talkTo(person.id)));
    const actions = this.#fittingActions().map(([name, button]) =>
      this.#option(newOption(newIcon('action'), name), () => button.click()));
    const exact = this.#rooms().some(({ room }) => room === typed);
    if (typed && !exact) rooms.push(this.#option(newOption(newIcon('hash'), words.enterRoom(typed)), () => location.assign(roomAddress(typed))));
    const groups = [[words.switcher.rooms, rooms], [words.switcher.people, people], [words.switcher.actions, actions]];
    this.#options.offer(groups.filter(([, options]) => options.length).map(([name, options]) => group(name, options)), 0);
    this.#say(words.found(rooms.length + people.length + actions.length));
  }

  #option(option, run) {
    this.#runs.set(option, run);
    return option;
  }

  #fits(name = '') {
    const text = name.toLowerCase();
    return this.#input.value.trim().toLowerCase().split(/\s+/).every((part) => text.includes(part));
  }

  /** What asks for the reader first, then what is unread, then by name. */
  #fittingRooms() {
    const typed = this.#input.value.trim().toLowerCase();
    const rank = (entry) => [
      titleOf(entry).toLowerCase().startsWith(typed) ? 0 : 1, -asking(entry), entry.unread > 0 ? 0 : 1,
    ];
    const before = (one, other) => rank(one).map((value, i) => value - rank(other)[i]).find(Boolean)
      ?? byName(titleOf(one), titleOf(other));
    return this.#rooms().filter((entry) => this.#fits(titleOf(entry))).sort(before).slice(0, MOST_ROOMS);
  }

  /** Everything that a button or link of this page does, by its name. */
  #fittingActions() {
    return Object.entries(words.actions)
      .map(([selector, name]) => [name, document.querySelector(selector)])
      .filter(([name, button]) => button && this.#input.value.trim() && this.#fits(name));
  }
}

const areSame = (some, others) => some.length === others.length && some.every(({ id }, i) => id === others[i].id);

function roomOption(entry) {
  const about = [entry.mentions > 0 && words.mentions(entry.mentions), entry.unread > 0 && words.unread(entry.unread)];
  return newOption(newIcon(SIGNS[entry.kind]), titleOf(entry), about.filter(Boolean).join(', '), entry.unread > 0 ? 'unread' : '');
}

function group(name, options) {
  const element = Object.assign(document.createElement('ul'), { role: 'group', ariaLabel: name });
  element.append(...options);
  element.dataset.name = name;
  return element;
}
