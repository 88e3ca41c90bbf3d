const whenIdle = globalThis.requestIdleCallback ?? setTimeout; // Safari has none

/** Browsers do not ask again for a script that they once could not get; what people have typed is kept. */
const startAnew = () => fetch(location.href, { method: 'HEAD' }).then(({ ok }) => ok && location.reload(), () => {}); // or there is no server

/**
 * A part that the page works without: loaded when it is opened first, or before, as soon as the page has nothing else to do.
 */
export class Later {
  part; // once it is loaded
  #load;
  #loading;

  /** @param load imports it and gives it */
  constructor(load) {
    this.#load = load;
    addEventListener('load', () => whenIdle(() => this.#loaded().catch(() => {})), { once: true });
  }

  open(...what) {
    this.#loaded().then((part) => part.open(...what), startAnew);
  }

  #loaded() {
    this.#loading ??= this.#load().then((part) => (this.part = part));
    return this.#loading;
  }
}
