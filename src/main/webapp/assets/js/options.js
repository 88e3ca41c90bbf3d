import { newAvatar } from './avatar.js';

/**
 * The options under a field that keeps the focus (the combobox pattern of ARIA APG): arrows move, Enter takes one, Escape
 * closes them.
 */
export class Options {
  #input;
  #list;
  #choose;

  /** @param choose(option) hears which element was taken */
  constructor(input, list, choose) {
    this.#input = input;
    this.#list = list;
    this.#choose = choose;
    list.addEventListener('pointerdown', (event) => event.preventDefault()); // the focus stays in the field
    list.addEventListener('click', ({ target }) => {
      const option = target.closest('[role="option"]');
      if (option) choose(option);
    });
  }

  get open() {
    return !this.#list.hidden;
  }

  /** Shows these elements with role option, or groups of them; @param at which one Enter takes, none below zero */
  offer(elements, at) {
    this.#list.replaceChildren(...elements);
    this.#all().forEach((option, i) => { option.id = `${this.#list.id}-${i}`; });
    this.#show(this.#all().length > 0);
    this.move(at);
  }

  hide() {
    this.#show(false);
    this.#input.removeAttribute('aria-activedescendant');
  }

  /** Marks the option that Enter takes; none below zero. */
  move(to) {
    const all = this.#all();
    all.forEach((option, i) => option.setAttribute('aria-selected', String(i === to)));
    if (all[to]) this.#input.setAttribute('aria-activedescendant', all[to].id);
    else this.#input.removeAttribute('aria-activedescendant');
    all[to]?.scrollIntoView({ block: 'nearest' });
  }

  /** Whether this key was meant for the options, which then have done what it says. @param taking the keys that take one */
  key(event, taking = ['Enter']) {
    if (!this.open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const all = this.#all();
    const at = all.findIndex((option) => option.ariaSelected === 'true');
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move((Math.max(at, step < 0 ? 0 : -1) + step + all.length) % all.length);
    else if (taking.includes(event.key) && at >= 0 && !event.shiftKey) this.#choose(all[at]);
    else if (event.key === 'Escape') this.hide();
    else return false;
    event.preventDefault();
    return true;
  }

  #all() {
    return [...this.#list.querySelectorAll('[role="option"]')];
  }

  #show(open) {
    this.#list.hidden = !open;
    if (this.#input.role === 'combobox') this.#input.setAttribute('aria-expanded', String(open));
  }
}

/** An option with a sign, a name and what distinguishes it from others of that name. */
export function newOption(sign, name, about = '', className = '') {
  const option = Object.assign(document.createElement('li'), { role: 'option', className: `account ${className}` });
  const small = Object.assign(document.createElement('small'), { textContent: about });
  sign.ariaHidden = 'true';
  option.append(sign, Object.assign(document.createElement('bdi'), { textContent: name }), small);
  return option;
}

export const personOption = (person) =>
  newOption(newAvatar(person), person.name, person.handle ? `@${person.handle}` : '');
