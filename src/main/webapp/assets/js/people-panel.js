import { paintAvatar } from './avatar.js';
import { byName } from './language.js';
import { storageKey } from './page.js';
import { words } from './words.js';

const KEY = storageKey('people');
const WIDE = matchMedia('(min-width: 1100px)'); // as in people.css: beside the room; else over it

/** The list of people beside the room, or over it where there is less space. */
export class PeoplePanel {
  you;
  #panel;
  #toggle;
  #rows = new Map(); // by id
  #people = [];
  #count = 0;
  #due = false;

  constructor(panel, toggle, you) {
    this.#panel = panel;
    this.#toggle = toggle;
    this.you = you;
    toggle.addEventListener('click', () => this.#choose(panel.hidden));
    panel.querySelector('#people-close').addEventListener('click', () => this.#close());
    addEventListener('keydown', (event) => {
      const inside = [document.body, toggle].includes(event.target) || panel.contains(event.target);
      if (event.key === 'Escape' && inside && this.#isOver()) this.#close();
    });
    addEventListener('pointerdown', ({ target }) => {
      if (this.#isOver() && !panel.contains(target) && !toggle.contains(target)) this.#open(false);
    });
    WIDE.addEventListener('change', () => this.#open(WIDE.matches && isWanted()));
    this.#open(WIDE.matches && isWanted());
    panel.classList.add('ready');
  }

  /** Whether the list may be wrong by now, since the connection is lost. */
  set stale(stale) {
    this.#panel.classList.toggle('stale', stale);
  }

  show(people, count) {
    this.#people = people;
    this.#count = count;
    this.#toggle.querySelector('span').textContent = words.number(count);
    const label = words.peopleHere(count);
    this.#toggle.setAttribute('aria-label', label);
    this.#toggle.title = label;
    this.#panel.querySelector('h2 span').textContent = words.number(count);
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#due = false;
    if (this.#panel.hidden) return;
    const sorted = [...this.#people].sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1));
    const rows = new Map(sorted.map((person) => [person.id, this.#row(person)]));
    this.#rows = rows;
    const list = this.#panel.querySelector('ul');
    const shown = [...rows.values()];
    if (shown.length !== list.childElementCount || shown.some((row, i) => row !== list.children[i])) list.replaceChildren(...shown);
    const more = this.#panel.querySelector('.more');
    const unnamed = this.#count - sorted.length;
    more.hidden = unnamed <= 0;
    more.textContent = unnamed > 0 ? words.morePeople(unnamed) : '';
  }

  #row(person) {
    const row = this.#rows.get(person.id)
      ?? document.importNode(document.getElementById('person-row').content.firstElementChild, true);
    paintAvatar(row.querySelector('.avatar'), person);
    row.querySelector('bdi').textContent = person.name;
    row.querySelector('small').textContent = person.id === this.you.id ? words.you : '';
    row.classList.toggle('away', person.away);
    row.title = person.away ? words.away : '';
    row.querySelector('.sr').textContent = person.away ? `, ${words.away}` : '';
    return row;
  }

  #isOver() {
    return !WIDE.matches && !this.#panel.hidden;
  }

  /** Somebody wants to see it, or no more. */
  #choose(open) {
    if (WIDE.matches) want(open);
    this.#panel.classList.add('moving');
    this.#open(open);
    if (open && !WIDE.matches) this.#panel.querySelector('h2').focus();
  }

  #close() {
    this.#choose(false);
    this.#toggle.focus();
  }

  #open(open) {
    this.#panel.hidden = !open;
    this.#toggle.setAttribute('aria-expanded', open);
    if (open) this.#paint();
  }
}

function isWanted() {
  try {
    return localStorage.getItem(KEY) !== 'closed';
  } catch {
    return true; // storage is forbidden
  }
}

function want(open) {
  try {
    if (open) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'closed');
  } catch {
    // storage is forbidden or full: it is open again next time
  }
}
