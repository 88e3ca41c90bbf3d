import { words } from './words.js';

const touch = matchMedia('(hover: none) and (pointer: coarse)'); // there Enter is a new line

const ENVELOPE = 200; // bytes of a frame around the text

/** The box people write in. The text leaves it only when `post` took it: post(text) gives a complaint or nothing. */
export class Composer {
  limits = {};
  #input;
  #complaint;
  #post;

  constructor(input, submit, complaint, post) {
    this.#input = input;
    this.#complaint = complaint;
    this.#post = post;
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
    if (!text.trim()) return;
    const complaint = this.#tooLong(text) ?? this.#post(text);
    this.complain(complaint ?? '');
    if (complaint) return;
    this.#input.value = '';
    this.#resize();
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
    if (event.key !== 'Enter' || event.shiftKey || touch.matches) return;
    if (event.isComposing || event.keyCode === 229) return; // this Enter belongs to the input method
    event.preventDefault();
    this.send();
  }

  #tooLong(text) {
    const { message, frame } = this.limits;
    if (message && text.length > message) {
      const length = [...text].length;
      if (length > message) return words.tooLong(length, message);
    }
    const bytes = frame ? new TextEncoder().encode(JSON.stringify(text)).length + ENVELOPE : 0;
    return bytes > frame ? words.tooLarge : undefined;
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
