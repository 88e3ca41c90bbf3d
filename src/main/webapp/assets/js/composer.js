import { finishes } from './enter.js';
import { sizeProblem } from './limits.js';

/** The box people write in. The text leaves it only when `post` took it: post(text) gives a complaint or nothing. */
export class Composer {
  #input;
  #complaint;
  #on;

  /** @param on {post(text), editLast(), hasFiles(): whether a message without a text is one} */
  constructor(input, submit, complaint, on) {
    this.#input = input;
    this.#complaint = complaint;
    this.#on = on;
    input.addEventListener('keydown', (event) => this.#key(event));
    input.addEventListener('input', () => this.#changed());
    input.form.addEventListener('submit', (event) => event.preventDefault());
    submit.addEventListener('click', () => {
      this.send();
      input.focus();
    });
    input.focus();
  }

  send() {
    const text = this.#input.value;
    if (!text.trim() && !this.#on.hasFiles()) return;
    const complaint = sizeProblem(text) ?? this.#on.post(text);
    this.complain(complaint ?? '');
    if (complaint) return;
    this.#input.value = '';
    this.#input.dispatchEvent(new Event('input'));
  }

  /** Puts a paragraph above what is written, and the cursor behind it all; a mention follows below it, when it is known. */
  async quote(paragraph, mention) {
    const quoted = `${paragraph}\n\n`;
    this.#input.value = quoted + this.#input.value;
    this.#input.focus();
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
    this.#input.dispatchEvent(new Event('input'));
    const name = await mention;
    if (name && this.#input.value.startsWith(quoted)) this.#insert(`${name} `, quoted.length); // not sent meanwhile
  }

  /** The cursor stays behind what is put before it. */
  #insert(text, place) {
    const { selectionStart, selectionEnd } = this.#input;
    const moved = (position) => (position < place ? position : position + text.length);
    this.#input.setRangeText(text, place, place);
    this.#input.setSelectionRange(moved(selectionStart), moved(selectionEnd));
    this.#input.dispatchEvent(new Event('input'));
  }

  complain(sentence) {
    this.#complaint.textContent = sentence;
    if (sentence) this.#input.setAttribute('aria-invalid', 'true');
    else this.#input.removeAttribute('aria-invalid');
  }

  focus() {
    this.#input.focus();
  }

  #key(event) {
    if (finishes(event)) {
      event.preventDefault();
      this.send();
    } else if (event.key === 'ArrowUp' && !event.altKey && !this.#input.value && !event.isComposing) {
      event.preventDefault();
      this.#on.editLast();
    }
  }

  #changed() {
    if (this.#complaint.textContent) this.complain('');
    this.#resize();
  }

  #resize() {
    if (CSS.supports('field-sizing', 'content')) return;
    this.#input.style.blockSize = 'auto';
    this.#input.style.blockSize = `${this.#input.scrollHeight}px`;
  }
}
