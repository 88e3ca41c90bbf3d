import { amended, messageIn, shown } from './message.js';
import { arrange, place, removeRows } from './neighbours.js';
import { newRow, paint, settle, showProgress } from './row.js';
import { MOST_ROWS, storedRows, surplus } from './surplus.js';

/** The rows of the log: stored messages in the server's order, then the drafts of this page. */
export class Timeline {
  #rows;
  #edge;
  #you;
  #stored = new Map(); // by id: {row, message, change: a draft that changes it}
  #drafts = new Map(); // rows of new messages, by ref

  /** Takes over the rows that the server has rendered. @param you {id, name, moderates} */
  constructor(rows, edge, you) {
    this.#rows = rows;
    this.#edge = edge;
    this.#you = you;
    for (const row of rows.querySelectorAll('.msg')) {
      const entry = { row, message: messageIn(row) };
      this.#stored.set(entry.message.id, entry);
      this.#paint(entry);
      arrange(row);
      settle(row);
    }
  }

  /** Where the shown part of the history begins; 0 if nothing is shown. */
  get first() {
    return Number(this.#rows.querySelector('.msg[data-id]')?.dataset.seq ?? 0);
  }

  /** Whether our own message of this ref is here, stored. */
  stored(ref) {
    return [...this.#stored.values()].some(({ message }) => message.ref === ref && this.isOwn(message));
  }

  isOwn({ author, note }) {
    return !note && author.id === this.#you.id;
  }

  /** The message in this row, as its author sees it. */
  messageAt(row) {
    const entry = this.#stored.get(row.dataset.id);
    return entry && shown(entry);
  }

  has(id) {
    return this.#stored.has(id);
  }

  /**
   * Shows a stored message, unless something newer is known of it; tells whether it is new here.
   *
   * @param ref of the draft that it was; the row of the draft stays and moves up among the stored ones
   */
  put(message, ref, fresh = true) {
    const known = this.#stored.get(message.id);
    if (known) {
      this.discard(ref);
      if (message.rev <= known.message.rev) return false;
      const wasProvisional = known.message.rev === 0;
      known.message = message;
      this.#paint(known);
      return wasProvisional;
    }
    const draftRow = this.#drafts.get(ref);
    const entry = { row: draftRow ?? newRow(message), message };
    this.#drafts.delete(ref);
    this.#stored.set(message.id, entry);
    this.#paint(entry);
    entry.row.classList.toggle('fresh', fresh && !draftRow);
    place(entry.row, this.#rows, this.#edge);
    return true;
  }

  /** Shows a draft as it now is; tells whether there is a place for it. */
  show(draft) {
    const entry = this.#stored.get(draft.message);
    if (draft.state === 'gone') this.discard(draft.ref);
    else if (draft.type === 'message.post') this.#showPost(draft);
    else if (!entry) return false;
    else this.#paint(Object.assign(entry, { change: draft }));
    return true;
  }

  #showPost(draft) {
    let row = this.#drafts.get(draft.ref);
    if (!row) {
      row = newRow(draft);
      row.classList.add('fresh');
      paint(row, { author: this.#you, body: draft.body, files: draft.attached, at: new Date(draft.at) }, false);
      this.#drafts.set(draft.ref, row);
      place(row, this.#rows, this.#edge);
    }
    showProgress(row, draft);
  }

  /** The server has stored what this draft asked for; how the message looks now may be on its way still. */
  confirm(draft, { id, seq, rev }) {
    if (draft.type !== 'message.post') {
      const entry = this.#stored.get(draft.message);
      if (entry?.message.rev < rev) entry.message = amended(entry.message, draft);
      this.discard(draft.ref);
    } else if (seq < this.first || this.#stored.has(id)) {
      this.discard(draft.ref);
    } else {
      const { ref, body, attached: files, at } = draft;
      this.put({ id, seq, rev: 0, ref, author: this.#you, body, files, at: new Date(at) }, ref);
    }
  }

  /** Forgets a draft: the row of a new message, or what was to change in a stored one. */
  discard(ref) {
    const row = this.#drafts.get(ref);
    if (row && this.#drafts.delete(ref)) removeRows([row]);
    if (row || !ref) return;
    const entry = [...this.#stored.values()].find(({ change }) => change?.ref === ref);
    if (entry) this.#paint(Object.assign(entry, { change: undefined }));
  }

  clear() {
    this.#drop(storedRows(this.#rows)); // drafts stay
  }

  /** Drops the oldest rows, or the newest, when there are too many; tells whether it did. */
  trim(which) {
    if (this.#stored.size <= MOST_ROWS) return false;
    const dropped = surplus(this.#rows, which);
    this.#drop(dropped);
    return dropped.length > 0;
  }

  #drop(rows) {
    rows.forEach((row) => this.#stored.delete(row.dataset.id));
    removeRows(rows);
  }

  /** What the viewer may do has changed. */
  repaint() {
    this.#stored.forEach((entry) => this.#paint(entry));
  }

  #paint(entry) {
    const own = this.isOwn(entry.message);
    paint(entry.row, shown(entry), own, { delete: own || (this.#you.moderates && !entry.message.note) });
    if (!entry.message.note) showProgress(entry.row, entry.change);
  }
}
