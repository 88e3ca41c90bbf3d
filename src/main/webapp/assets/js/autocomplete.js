import { Options } from './options.js';
import { words } from './words.js';

const TOKEN = /(?:^|[\s(\[{"'>])([@#])([^\s@#]{0,60})$/u;

/**
 * Offers how to go on after an @ or a # in a text, above the box. A textarea cannot be a combobox (ARIA in HTML), so what
 * is offered is told as a status, and the marked one as the active descendant.
 */
export class Autocomplete {
  #input;
  #status;
  #sources;
  #options;
  #texts = new Map(); // what is written for an option
  #asked = new AbortController(); // of the last question

  /** @param sources by sign, async functions of what was typed after it and an AbortSignal: [{option, text}] */
  constructor(input, list, status, sources) {
    this.#input = input;
    this.#status = status;
    this.#sources = sources;
    this.#options = new Options(input, list, (option) => this.#take(this.#texts.get(option)));
    input.addEventListener('input', () => this.#look());
    input.addEventListener('click', () => this.#options.open && this.#look());
    input.addEventListener('blur', () => this.#hide());
    input.addEventListener('keydown', (event) => this.#key(event), { capture: true }); // before Enter sends
  }

  /** What is being written: {sign, typed, from, to}. */
  #token() {
    const { value, selectionStart, selectionEnd } = this.#input;
    const found = selectionStart === selectionEnd && TOKEN.exec(value.slice(0, selectionEnd));
    return found ? { sign: found[1], typed: found[2], from: selectionEnd - found[2].length - 1, to: selectionEnd } : undefined;
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
    this.#texts = new Map(offered.map(({ option, text }) => [option, text]));
    this.#options.offer([...this.#texts.keys()], 0);
    this.#status.textContent = words.found(offered.length);
  }

  #key(event) {
    if (this.#options.key(event, ['Enter', 'Tab'])) event.stopImmediatePropagation();
    else if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) this.#hide();
  }

  #take(text) {
    const token = this.#token();
    this.#hide();
    if (!token) return;
    const { from, to } = token;
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
