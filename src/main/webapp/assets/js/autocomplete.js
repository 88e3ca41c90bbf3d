import { Options } from './options.js';
import { words } from './words.js';

/** What is being written at the end of a text; after a colon two letters at least, so that :) and 10:30 mean nothing. */
const TOKEN = /(?:^|[\s(\[{"'>])(?:([@#])([^\s@#]{0,60})|(:)([+-]1|\p{L}[\p{L}\p{N}_-]{1,60}))$/u;

/**
 * Offers how to go on after an @, a # or a colon in a text, above the box. A textarea cannot be a combobox (ARIA in HTML), so what
 * is offered is told as a status, and the marked one as the active descendant.
 */
export class Autocomplete {
  #input;
  #status;
  #sources;
  #options;
  #offered = new Map(); // {text: what is written for it, taken()} by option
  #asked = new AbortController(); // of the last question

  /** @param sources by sign, async functions of what was typed after it and an AbortSignal: [{option, text, taken() if it wants to know}] */
  constructor(input, list, status, sources) {
    this.#input = input;
    this.#status = status;
    this.#sources = sources;
    this.#options = new Options(input, list, (option) => this.#take(this.#offered.get(option)));
    input.addEventListener('input', () => this.#look());
    input.addEventListener('click', () => this.#options.open && this.#look());
    input.addEventListener('blur', () => this.#hide());
    input.addEventListener('keydown', (event) => this.#key(event), { capture: true }); // before Enter sends
  }

  /** What is being written: {sign, typed, from, to}. */
  #token() {
    const { value, selectionStart, selectionEnd } = this.#input;
    const found = selectionStart === selectionEnd && TOKEN.exec(value.slice(0, selectionEnd));
    if (!found) return undefined;
    const [, sign = found[3], typed = found[4]] = found;
    return { sign, typed, from: selectionEnd - typed.length - 1, to: selectionEnd };
  }

  async #look() {
    this.#asked.abort();
    const { signal } = this.#asked = new AbortController();
    this.#options.move(-1); // what is offered still answers what was typed before: Enter and Tab must not take it
    const token = this.#token();
    const offered = token ? await this.#sources[token.sign](token.typed, signal).catch(() => []) : [];
    if (signal.aborted) return; // more was typed meanwhile
    if (!offered.length || document.activeElement !== this.#input) {
      this.#hide();
      return;
    }
    this.#offered = new Map(offered.map((each) => [each.option, each]));
    this.#options.offer([...this.#offered.keys()], 0);
    this.#status.textContent = words.found(offered.length);
  }

  #key(event) {
    if (this.#options.key(event, ['Enter', 'Tab'])) event.stopImmediatePropagation();
    else if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) this.#hide();
  }

  #take({ text, taken }) {
    const token = this.#token();
    this.#hide();
    if (!token) return;
    const { from, to } = token;
    taken?.();
    this.#input.setRangeText(`${text} `, from, to, 'end');
    this.#input.dispatchEvent(new Event('input'));
    this.#input.focus();
  }

  #hide() {
    this.#asked.abort();
    this.#options.hide();
    this.#status.textContent = '';
  }
}
