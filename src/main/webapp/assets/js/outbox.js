/** How many drafts may wait for a connection. */
export const MOST_WAITING = 50;

/**
 * What was written here and is not yet known to be stored. A draft is {ref, body, at, state, why} and its state
 * waiting → sent → (confirmed: gone) or failed, or unconfirmed when the connection broke in between.
 */
export class Outbox {
  #drafts = new Map(); // by ref, in the order of writing
  #send;
  #changed;
  #pause;

  /** @param send takes a frame, tells whether it left; @param changed hears of every draft whose state changed */
  constructor(send, changed) {
    this.#send = send;
    this.#changed = changed;
  }

  get waiting() {
    return [...this.#drafts.values()].filter((draft) => draft.state === 'waiting').length;
  }

  /** Whether words would be lost if the page went away now. */
  get unsaved() {
    return [...this.#drafts.values()].some((draft) => draft.state !== 'sent');
  }

  get(ref) {
    return this.#drafts.get(ref);
  }

  post(body) {
    const draft = { ref: newRef(), body, at: new Date() };
    this.#drafts.set(draft.ref, draft);
    this.#become(draft, 'waiting');
    this.flush();
  }

  /** Sends what waits, oldest first, as long as the connection takes it. */
  flush() {
    if (this.#pause) return;
    for (const draft of this.#drafts.values()) {
      if (draft.state !== 'waiting') continue;
      if (!this.#send({ type: 'message.post', ref: draft.ref, body: draft.body })) return;
      this.#become(draft, 'sent');
    }
  }

  /** Our own message has come back: it is stored. Gives the draft it was, if it was one of ours. */
  confirm(ref) {
    const draft = this.#drafts.get(ref);
    this.#drafts.delete(ref);
    return draft;
  }

  fail({ ref, code, detail, retryAfter }) {
    const draft = this.#drafts.get(ref);
    if (!draft) return;
    if (code !== 'rate' || !(retryAfter >= 0)) {
      this.#become(draft, 'failed', detail);
      return;
    }
    this.#become(draft, 'waiting');
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.flush();
    }, retryAfter);
  }

  /** The connection is gone: whether what was under way has arrived, nobody knows. */
  lost() {
    this.#each('sent', (draft) => this.#become(draft, 'unconfirmed'));
  }

  /** There will be no connection any more. */
  close(why) {
    this.lost();
    this.#each('waiting', (draft) => this.#become(draft, 'failed', why));
  }

  retry(ref) {
    this.#become(this.#drafts.get(ref), 'waiting');
    this.flush();
  }

  discard(ref) {
    this.#drafts.delete(ref);
  }

  #each(state, action) {
    [...this.#drafts.values()].filter((draft) => draft.state === state).forEach(action);
  }

  #become(draft, state, why) {
    Object.assign(draft, { state, why });
    this.#changed(draft);
  }
}

/** 128 random bits; crypto.randomUUID exists in secure contexts only, and plain http intranets are none. */
function newRef() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
