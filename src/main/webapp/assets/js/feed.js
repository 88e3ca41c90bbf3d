import { isChange, messageOf } from './message.js';

/**
 * Puts what the server tells where it belongs, and knows up to where the room was seen: there a new connection goes on.
 *
 * Only changes as they happen count as seen. A page of history and a confirmation have numbers, too, but changes with
 * lower ones may still be on their way.
 */
export class Feed {
  seen;
  #timeline;
  #outbox;
  #history;
  #company;
  #on;
  #handlers = new Map([
    ['welcome', (event) => this.#welcome(event)],
    ['resync', () => this.#history.resync()],
    ['backlog.page', (event) => this.#history.page(event)],
    ['message.confirmed', (event) => this.#confirmed(event)],
    ['presence.changed', (event) => this.#company.changed(event)],
    ['typing.started', (event) => this.#company.types(event.user)],
    ['failed', (event) => this.#failed(event)],
  ]);

  /** @param on {welcome(event), caughtUp(), news(messages), noted(note): happened to the room, shown or not, complaint(sentence)} */
  constructor(seen, { timeline, outbox, history, company }, on) {
    this.seen = seen;
    this.#timeline = timeline;
    this.#outbox = outbox;
    this.#history = history;
    this.#company = company;
    this.#on = on;
  }

  receive(events) {
    events.forEach((event) => this.#handlers.get(event.type)?.(event)); // types unknown here belong to later versions
    this.live(events.filter(isChange));
    events.filter(({ type }) => type === 'room.noted').forEach((note) => this.#on.noted(note));
    const welcome = events.find(({ type }) => type === 'welcome');
    if (!welcome) return;
    this.seen.after = welcome.seq; // its frame holds all that was missed
    this.#on.caughtUp();
    this.#history.welcomed();
  }

  /** Changes as they happen, or happened while we were away. */
  live(events) {
    events.forEach(({ rev }) => { this.seen.after = Math.max(this.seen.after, rev); });
    events.filter(({ type }) => type === 'message.posted').forEach(({ author }) => this.#company.said(author));
    if (this.#history.detached && events.some(({ ref }) => this.#outbox.has(ref))) this.#history.toLatest();
    this.#on.news(events.filter((event) => !this.#history.keepsBack(event) && this.#show(event, true)).map(messageOf));
  }

  /** Messages of a page, in this order. */
  old(events) {
    events.filter(isChange).forEach((event) => this.#show(event, false));
    this.#outbox.all.forEach((draft) => this.#timeline.show(draft)); // what one of them changes may be here now
  }

  /** Shows a message as it now is; tells whether it is something new to read. */
  #show(event, fresh) {
    const message = messageOf(event);
    const draft = message.ref && this.#timeline.isOwn(message) ? this.#outbox.confirm(message.ref) : undefined;
    return this.#timeline.put(message, draft?.ref, fresh) && !message.deleted;
  }

  #welcome(event) {
    if (this.seen.epoch && event.epoch !== this.seen.epoch) this.#history.resync();
    this.seen.epoch = event.epoch;
    this.#company.welcome(event);
    this.#on.welcome(event);
  }

  #confirmed(event) {
    const draft = this.#outbox.confirm(event.ref);
    if (draft?.type === 'message.post' && this.#history.isBeyond(event.seq)) {
      this.#timeline.discard(draft.ref); // placed here it would hide what is missing before it
      this.#history.toLatest();
    } else if (draft) {
      this.#timeline.confirm(draft, event);
    }
  }

  #failed(event) {
    if (this.#outbox.has(event.ref)) this.#outbox.fail(event);
    else if (event.ref || !this.#history.failed(event)) this.#on.complaint(event.detail);
  }
}
