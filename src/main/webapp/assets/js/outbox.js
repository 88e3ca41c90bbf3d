import { delayAfter } from './backoff.js';
import { newRef } from './ref.js';

/** How many drafts may be on their way at once. */
export const MOST_WAITING = 50;

/**
 * What was done here and is not yet known to be stored: {ref, type, body, message, attached, at, state, failure}. A draft waits, is
 * sent, and is gone once it is confirmed, or failed when the server refused it for good. When the connection breaks, what
 * was sent waits again: the server does the same ref once only, so it may be sent as often as need be.
 */
export class Outbox {
  #drafts = new Map(); // by ref, in the order of writing
  #store;
  #on;
  #pause;
  #attempts = 0;
  #last = 0;

  /** @param on {send(frame): whether it left, changed(draft), stored(ref): whether such a message of ours is shown, uploading(ref): or waits for files} */
  constructor(store, on) {
    this.#store = store;
    this.#on = on;
    store.onRemoved((ref) => this.#settledElsewhere(ref));
    store.onOrphans(() => this.load());
  }

  get underWay() {
    return this.all.filter((draft) => draft.state !== 'failed').length;
  }

  /** Whether words would be lost if the page went away now. */
  get unsaved() {
    return this.all.some((draft) => !draft.saved);
  }

  get all() {
    return [...this.#drafts.values()];
  }

  has(ref) {
    return this.#drafts.has(ref);
  }

  /** Takes up what earlier pages left behind. */
  load() {
    for (const draft of this.#store.load()) {
      if (this.#drafts.has(draft.ref) || this.#on.uploading(draft.ref)) continue;
      if (this.#on.stored(draft.ref)) this.#store.remove(draft.ref);
      else this.#take({ ...draft, state: draft.failure ? 'failed' : 'waiting' });
    }
    this.flush();
  }

  /** Sends this frame, now or as soon as there is a connection. */
  add(frame) {
    this.#last = Math.max(Date.now(), this.#last + 1); // tells the order, too
    this.#take({ ...frame, ref: newRef(), at: this.#last, state: 'waiting' });
    this.flush();
  }

  /** Sends what waits, oldest first, as long as the connection takes it. */
  flush() {
    if (this.#pause) return;
    for (const draft of this.#drafts.values()) {
      if (draft.state !== 'waiting') continue;
      const { ref, type, body, message, attached } = draft;
      const files = attached?.map(({ id }) => id);
      if (!this.#on.send({ type, ref, body, message, files })) return;
      draft.state = 'sent';
    }
  }

  /** This is stored. Gives the draft it was, if it was one of ours. */
  confirm(ref) {
    const draft = this.#drafts.get(ref);
    if (draft) this.#attempts = 0;
    this.discard(ref);
    return draft;
  }

  fail({ ref, code, detail, retryAfter }) {
    const draft = this.#drafts.get(ref);
    const delay = delayAfter({ code, retryAfter }, this.#attempts);
    if (delay === undefined) {
      this.#become(draft, 'failed', { code, detail });
      draft.saved = this.#store.save(draft);
    } else {
      draft.state = 'waiting';
      this.#pauseFor(delay);
    }
  }

  /** The connection is gone: whether what was under way has arrived, the server will tell when it is sent again. */
  lost() {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.all.filter(({ state }) => state === 'sent').forEach((draft) => { draft.state = 'waiting'; });
  }

  /** There will be no connection any more, at least for this page. */
  close(detail) {
    this.lost();
    const failure = { code: 'closed', detail };
    this.all.filter(({ state }) => state === 'waiting').forEach((draft) => this.#become(draft, 'failed', failure));
  }

  retry(ref) {
    const { failure, type, body, message, attached } = this.#drafts.get(ref);
    if (failure.code === 'ref') {
      this.discard(ref);
      this.add({ type, body, message, attached });
    } else {
      this.#take({ ...this.#drafts.get(ref), state: 'waiting', failure: undefined });
      this.flush();
    }
  }

  discard(ref) {
    if (this.#drafts.delete(ref)) this.#store.remove(ref);
  }

  #take(draft) {
    this.#drafts.set(draft.ref, draft);
    draft.saved = this.#store.save(draft);
    this.#on.changed(draft);
  }

  #settledElsewhere(ref) {
    const draft = this.#drafts.get(ref);
    if (!draft || draft.state === 'sent') return; // what is under way will be answered here as well
    this.#drafts.delete(ref);
    this.#become(draft, 'gone');
  }

  #pauseFor(delay) {
    if (this.#pause) return;
    this.#attempts++;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.flush();
    }, delay);
  }

  #become(draft, state, failure) {
    Object.assign(draft, { state, failure });
    this.#on.changed(draft);
  }
}
