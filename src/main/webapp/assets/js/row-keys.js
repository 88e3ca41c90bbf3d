import { nextMessage, previousMessage } from './neighbours.js';
import { keyOf, lettersCount } from './shortcuts.js';
import { words } from './words.js';

/** Going through the messages by keyboard: one row at a time is a tab stop, the arrows move on, letters act on it. */
export class RowKeys {
  #rows;
  #current;

  /** @param actions functions of a row, by key */
  constructor(rows, actions) {
    this.#rows = rows;
    rows.addEventListener('focusin', ({ target }) => {
      this.#choose(target.closest('.msg'));
      if (target === this.#current) target.setAttribute('aria-label', utterance(target));
    });
    rows.addEventListener('focusout', ({ target }) => target.matches('.msg') && target.removeAttribute('aria-label'));
    rows.addEventListener('keydown', (event) => {
      const row = event.target;
      if (!row.matches('.msg') || event.ctrlKey || event.metaKey || event.altKey) return;
      const to = { ArrowUp: previousMessage, ArrowDown: nextMessage, End: () => this.#last() }[event.key]?.(row);
      const key = keyOf(event);
      const action = key.length > 1 || lettersCount(event) ? actions[key] : undefined;
      if (to) this.#choose(to).focus();
      else action?.(row);
      if ((to && event.key !== 'End') || action) event.preventDefault(); // by End the page goes to the latest, too
    });
  }

  /** Rows have come or gone: unless somebody is among them, the last is where one gets in. */
  refresh() {
    if (!this.#current?.isConnected || !this.#rows.contains(document.activeElement)) this.#choose(this.#last());
  }

  #last() {
    let row = this.#rows.lastElementChild;
    while (row && !row.matches('.msg')) row = row.previousElementSibling;
    return row;
  }

  #choose(row) {
    if (!row) return row;
    if (this.#current) this.#current.tabIndex = -1;
    this.#current = row;
    row.tabIndex = 0;
    return row;
  }
}

/** What a row says to somebody who comes to it by keyboard and cannot see it. */
function utterance(row) {
  const text = (selector) => row.querySelector(selector)?.textContent ?? '';
  if (row.matches('.note')) return text('.sentence');
  const said = (row.matches('.mentioned') ? `${text('.mark .sr')}: ` : '') + text('.body') + text('.edited:not([hidden])');
  return words.utterance(text('.who bdi'), text('.who time'), said);
}
