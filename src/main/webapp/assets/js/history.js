import { delayAfter } from './backoff.js';
import { words } from './words.js';

const PAGE = 50;
const NEAR = 600; // px from the beginning at which older messages are asked for

/** What was said before: older messages on the way up, and the latest anew when the server cannot tell what was missed. */
export class History {
  #log;
  #button;
  #beginning;
  #timeline;
  #on;
  #more;
  #asked = ''; // latest, older or nothing
  #before; // what it was asked to be older than
  #stale = false; // what is shown does not continue to what comes; it is replaced when the latest page is here
  #attempts = 0;
  #aside = []; // changes that wait for the page that was asked for

  /** @param on {send(frame): whether it left, old(events): shows a page, live(events), replaced()} */
  constructor({ log, button, beginning, timeline }, on) {
    this.#log = log;
    this.#button = button;
    this.#beginning = beginning;
    this.#timeline = timeline;
    this.#on = on;
    this.#more = log.dataset.older === 'true';
    button.addEventListener('click', () => this.#older());
    let former = 0;
    log.addEventListener('scroll', () => {
      if (log.scrollTop < former && log.scrollTop < NEAR) this.#older();
      former = log.scrollTop;
    }, { passive: true });
  }

  /** The shown messages and those that come do not fit together any more. */
  resync() {
    this.#stale = true;
  }

  /** There is a new connection, and what it had to tell first is told. */
  welcomed() {
    const unanswered = this.#asked;
    this.#asked = '';
    if (this.#stale) this.#ask('latest');
    else if (unanswered) this.#older();
    this.#show();
  }

  /** Whether all from the beginning on is shown. */
  get complete() {
    return !this.#more;
  }

  /** Old rows were dropped. */
  trimmed() {
    this.#more = true;
    this.#show();
  }

  /** Whether this change is none of the shown part's business: it waits for its page, or will be part of one. */
  keepsBack(event) {
    const before = this.#more && event.seq < this.#timeline.first && !this.#timeline.has(event.id);
    if (this.#stale || (before && this.#asked)) this.#aside.push(event);
    return this.#stale || before;
  }

  page({ messages, before }) {
    const replaced = this.#stale;
    const fits = replaced || this.#before === this.#timeline.first; // rows may have been dropped meanwhile
    this.#asked = '';
    this.#attempts = 0;
    this.#stale = false;
    if (fits) this.#more = Number.isInteger(before);
    if (replaced) this.#timeline.clear();
    this.#anchored(() => {
      if (fits) this.#on.old(messages.reverse()); // each goes above the one before
      this.#show();
    });
    if (replaced) this.#on.replaced();
    this.#on.live(this.#aside.splice(0));
  }

  /** A failure without a ref; tells whether it was about history. */
  failed(failure) {
    const asked = this.#asked;
    const delay = delayAfter(failure, this.#attempts);
    if (!asked || (delay === undefined && failure.code !== 'cursor')) return false;
    this.#attempts++;
    if (delay === undefined) this.#asked = '';
    else setTimeout(() => this.#asked === asked && this.#ask(asked), delay);
    this.#show();
    return true;
  }

  #older() {
    if (this.#more && !this.#asked && !this.#stale) this.#ask('older');
  }

  #ask(what) {
    this.#before = what === 'older' ? this.#timeline.first : undefined;
    this.#asked = this.#on.send({ type: 'backlog.fetch', before: this.#before, limit: PAGE }) ? what : '';
    this.#show();
  }

  /** Changes what is above without moving what is in view. */
  #anchored(change) {
    const top = this.#log.getBoundingClientRect().top;
    const bottomOf = (row) => row.getBoundingClientRect().bottom;
    const anchor = [...this.#log.querySelectorAll('.msg')].find((row) => bottomOf(row) > top);
    const before = anchor && bottomOf(anchor);
    this.#log.style.overflowAnchor = 'none'; // the browser would move it a second time
    change();
    if (anchor) this.#log.scrollTop += bottomOf(anchor) - before;
    requestAnimationFrame(() => { this.#log.style.overflowAnchor = ''; });
  }

  #show() {
    const lostFocus = !this.#more && document.activeElement === this.#button;
    this.#button.textContent = this.#asked === 'older' ? words.loadingOlder : words.older;
    this.#button.hidden = !this.#more;
    this.#beginning.hidden = this.#more;
    if (lostFocus) this.#beginning.focus({ preventScroll: true });
  }
}
