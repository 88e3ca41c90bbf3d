import { anchored } from './anchored.js';
import { delayAfter } from './backoff.js';
import { onNearEnd } from './near-end.js';
import { lastPlace } from './neighbours.js';
import { words } from './words.js';

const LATEST = 50; // messages
const MORE = 15; // few enough that arranging them holds nothing up

/** What is not shown of the history: older messages on the way up, newer ones on the way down, and all anew when the server cannot tell what was missed. */
export class History {
  #log;
  #rows;
  #button;
  #beginning;
  #timeline;
  #on;
  #more; // before what is shown
  #newer; // whether there is more after it
  #asked = ''; // latest, older, newer or nothing
  #place; // what it was asked to be older or newer than
  #stale = false; // what is shown does not continue to what comes; it is replaced when the latest page is here
  #attempts = 0;
  #aside = []; // changes that wait for the page that was asked for

  /** @param on {send(frame): whether it left, old(events): shows a page, live(events), replaced(), detached(whether there is more after what is shown)} */
  constructor({ log, rows, button, beginning, timeline }, on) {
    this.#log = log;
    this.#rows = rows;
    this.#button = button;
    this.#beginning = beginning;
    this.#timeline = timeline;
    this.#on = on;
    this.#more = log.dataset.older === 'true';
    this.#newer = log.dataset.newer === 'true';
    button.addEventListener('click', () => this.#further('older'));
    onNearEnd(log, (what) => this.#further(what));
  }

  /** Whether there is more after what is shown. */
  get detached() {
    return this.#newer;
  }

  /** Whether between what is shown and this place there are messages that are not. */
  isBeyond(seq) {
    return this.#newer && seq > lastPlace(this.#rows);
  }

  /** Shows the latest messages in place of these. */
  toLatest() {
    this.#stale = true;
    if (!this.#asked) this.#ask('latest');
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
    else if (unanswered) this.#further(unanswered);
    this.#show();
  }

  /** Whether all from the beginning on is shown. */
  get complete() {
    return !this.#more;
  }

  /** The oldest rows, or the newest, are not too many any more. */
  trim(which) {
    if (!this.#timeline.trim(which)) return;
    if (which === 'oldest') this.#more = true;
    else this.#newer = true;
    this.#show();
  }

  /** Whether this change is none of the shown part's business: it waits for its page, or will be part of one. */
  keepsBack(event) {
    const before = this.#more && event.seq < this.#timeline.first;
    const elsewhere = (before || this.isBeyond(event.seq)) && !this.#timeline.has(event.id);
    if (this.#stale || (elsewhere && this.#asked)) this.#aside.push(event);
    return this.#stale || elsewhere;
  }

  page({ messages, before, after }) {
    const asked = this.#asked;
    this.#asked = '';
    this.#attempts = 0;
    if (this.#stale && asked !== 'latest') {
      this.#ask('latest');
      return;
    }
    const replaced = this.#stale;
    const fits = replaced || this.#place === this.#edge(asked); // rows may have been dropped meanwhile
    this.#stale = false;
    if (fits && asked !== 'newer') this.#more = Number.isInteger(before);
    if (fits && asked !== 'older') this.#newer = Number.isInteger(after);
    if (replaced) this.#timeline.clear();
    anchored(this.#log, () => {
      if (fits && asked !== 'latest') this.trim(asked === 'older' ? 'newest' : 'oldest'); // first: it asks what is in view
      if (fits) this.#on.old(asked === 'newer' ? messages : messages.reverse()); // each goes beyond the one before
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

  #further(what) {
    if ((what === 'older' ? this.#more : this.#newer) && !this.#asked && !this.#stale) this.#ask(what);
  }

  #edge(what) {
    return { older: this.#timeline.first, newer: lastPlace(this.#rows) }[what];
  }

  #ask(what) {
    this.#place = this.#edge(what);
    const place = { older: { before: this.#place }, newer: { after: this.#place }, latest: {} }[what];
    this.#asked = this.#on.send({ type: 'backlog.fetch', ...place, limit: what === 'latest' ? LATEST : MORE }) ? what : '';
    this.#show();
  }

  #show() {
    const lostFocus = !this.#more && document.activeElement === this.#button;
    this.#button.textContent = this.#asked === 'older' ? words.loadingOlder : words.older;
    this.#button.hidden = !this.#more;
    this.#beginning.hidden = this.#more;
    this.#on.detached(this.#newer);
    if (lostFocus) this.#beginning.focus({ preventScroll: true });
  }
}
