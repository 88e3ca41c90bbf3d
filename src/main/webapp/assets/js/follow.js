import { words } from './words.js';

const NEAR = 100; // px from the end that still count as being there

/** Keeps the end of the log in view for whoever is there; offers the way down to everybody else. */
export class Follow {
  #log;
  #jump;
  #atEnd = true;
  #detached = false;
  #missed = 0;

  /** @param on {latest(): shows the latest messages} */
  constructor(log, jump, on) {
    this.#log = log;
    this.#jump = jump;
    log.addEventListener('scroll', () => this.look(), { passive: true });
    new ResizeObserver(() => this.added(0)).observe(log); // the composer grew, or the keyboard came up
    jump.addEventListener('click', () => {
      if (this.#detached) on.latest();
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      log.scrollTo({ top: log.scrollHeight, behavior: calm ? 'instant' : 'smooth' });
      log.focus({ preventScroll: true });
    });
  }

  get atEnd() {
    return this.#atEnd && !this.#detached;
  }

  /** What is shown may end before the latest messages: then the way down leads there. */
  set detached(detached) {
    this.#detached = detached;
    this.#miss(this.#missed);
  }

  /** Finds out what is in view. */
  look() {
    this.#atEnd = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight <= NEAR;
    if (this.atEnd) this.#miss(0);
  }

  /** Rows came in at the end, so many of them from others. */
  added(fromOthers) {
    if (this.atEnd) this.toEnd();
    else if (fromOthers) this.#miss(this.#missed + fromOthers);
  }

  toEnd() {
    this.#atEnd = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#miss(0);
  }

  /** All rows are others now; the focus went with the one that had it. */
  replaced() {
    if (document.activeElement === document.body) this.#log.focus({ preventScroll: true });
    this.toEnd();
  }

  #miss(count) {
    this.#missed = count;
    this.#jump.hidden = count === 0 && !this.#detached;
    this.#jump.querySelector('span').textContent = count ? words.newMessages(count) : words.toLatest;
  }
}
