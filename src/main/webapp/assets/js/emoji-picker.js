// The emoji to choose from: those used lately, then all by groups; or those that were searched for.
import { emojiGroups, findEmoji, recentEmoji, used } from './emoji.js';
import { GridKeys } from './grid-keys.js';
import { words } from './words.js';

const MOST = 80; // found at once: who finds more types on

export class EmojiPicker {
  #search;
  #list;
  #name;
  #emoji = new WeakMap(); // by button
  #asked = 0;

  /** @param choose(character) */
  constructor(panel, choose) {
    this.#search = panel.querySelector('input');
    this.#list = panel.querySelector('.emoji-list');
    this.#name = panel.querySelector('.emoji-name');
    new GridKeys(this.#list, this.#search);
    this.#search.addEventListener('input', () => this.show());
    this.#search.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      this.#list.querySelector('button')?.click();
    });
    this.#list.addEventListener('click', ({ target }) => {
      const emoji = this.#emoji.get(target);
      if (!emoji) return;
      used(emoji);
      choose(emoji.character);
    });
    for (const come of ['focusin', 'pointerover']) {
      this.#list.addEventListener(come, ({ target }) => { this.#name.textContent = target.ariaLabel ?? ''; });
    }
  }

  /** Begins anew. */
  open() {
    this.#search.value = '';
    return this.show();
  }

  /** Shows what fits what is typed. */
  async show() {
    const number = ++this.#asked;
    const typed = this.#search.value.trim();
    try {
      const sections = await (typed ? this.#found(typed) : this.#all());
      if (number !== this.#asked) return; // more was typed meanwhile
      this.#list.replaceChildren(...sections);
      this.#list.scrollTop = 0;
      this.#name.textContent = sections.length ? '' : words.noEmoji;
    } catch {
      this.#name.textContent = words.failed;
    }
  }

  async #found(typed) {
    const found = await findEmoji(typed, MOST);
    return found.length ? [this.#section(words.found(found.length), found)] : [];
  }

  async #all() {
    const [groups, recent] = await Promise.all([emojiGroups(), recentEmoji()]);
    const sections = [...groups].map(([key, all]) => this.#section(words.emojiGroups[key], all));
    return recent.length ? [this.#section(words.emojiGroups.recent, recent), ...sections] : sections;
  }

  #section(name, all) {
    const section = document.createElement('div');
    Object.assign(section, { role: 'group', ariaLabel: name });
    section.dataset.name = name;
    section.append(...all.map((emoji) => this.#button(emoji)));
    return section;
  }

  #button(emoji) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', tabIndex: -1, textContent: emoji.character, ariaLabel: emoji.name });
    this.#emoji.set(button, emoji);
    return button;
  }
}
