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

  /** Puts a paragraph above what is written, and the cursor behind it all. */
  quote(paragraph) {
    const text = this.#input.value;
    this.#input.value = `${paragraph}\n\n${text}`;
    this.#input.focus();
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
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
