import { words } from './words.js';

const LASTS = 6_000; // as protocol.md says
const REPEAT = 4_000; // the server passes on one in 3 s

/** Says who else is writing, and tells the others that we are. */
export class Typing {
  #line;
  #input;
  #send;
  #typists = new Map(); // by id: {name, timer}
  #toldAt = -Infinity;

  constructor(line, input, send) {
    this.#line = line;
    this.#input = input;
    this.#send = send;
    input.addEventListener('input', () => this.#typed());
  }

  #typed() {
    const now = performance.now();
    if (!this.#input.value.trim() || now - this.#toldAt < REPEAT) return;
    if (this.#send({ type: 'typing.start' })) this.#toldAt = now;
  }

  /** What we wrote is sent: what we write next is news again. */
  sent() {
    this.#toldAt = -Infinity;
  }

  started({ id, name }) {
    clearTimeout(this.#typists.get(id)?.timer);
    this.#typists.set(id, { name, timer: setTimeout(() => this.gone([id]), LASTS) });
    this.#show();
  }

  /** These people are writing no more. */
  gone(ids) {
    const known = ids.filter((id) => this.#typists.has(id));
    known.forEach((id) => {
      clearTimeout(this.#typists.get(id).timer);
      this.#typists.delete(id);
    });
    if (known.length) this.#show();
  }

  clear() {
    this.gone([...this.#typists.keys()]);
  }

  #show() {
    this.#line.textContent = words.typing([...this.#typists.values()].map(({ name }) => name));
  }
}
