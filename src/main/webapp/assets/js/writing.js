// What one does in a room: writing, changing, taking back; and what becomes of it while the network comes and goes.
import { Composer } from './composer.js';
import { DraftStore, textKey } from './draft-store.js';
import { Editing } from './editing.js';
import { installEmojiButton } from './emoji-button.js';
import { keepText } from './kept-text.js';
import { MOST_WAITING, Outbox } from './outbox.js';
import { RoomFiles } from './room-files.js';
import { RowKeys } from './row-keys.js';
import { failureOf } from './row.js';
import { words } from './words.js';

export class Writing {
  outbox;
  #composer;
  #editing;
  #files;
  #keys;
  #timeline;
  #connection;
  #on;
  #closed = ''; // why nothing can be written here any more

  /** @param on {changed(): rows have come or gone, written(): something new of ours stands at the end, announce(sentence)}; @param actions of a row, by further keys */
  constructor({ rows, input, submit, complaint, timeline, connection, you, room }, on, actions) {
    const store = new DraftStore(you.id, room);
    this.outbox = this.#outboxOf(store);
    this.#timeline = timeline;
    this.#connection = connection;
    this.#on = on;
    this.#composer = new Composer(input, submit, complaint, {
      post: (body) => this.#post(body) ?? on.written(),
      hasFiles: () => this.#files.waiting,
      editLast: () => this.#editing.editLast(),
    });
    keepText(input, textKey(you.id, room));
    installEmojiButton(input.form.querySelector('#emoji'), document.getElementById('emoji-picker'), input);
    this.#editing = new Editing(rows, timeline, {
      change: (frame) => this.complain(this.#change(frame) ?? ''),
      done: () => this.#composer.focus(),
    });
    this.#files = new RoomFiles({ rows, input, you, room, store }, {
      show: (draft) => this.#draftChanged(draft),
      forget: (ref) => timeline.discard(ref),
      send: (body, attached) => this.#sendFiles(body, attached),
      announce: on.announce,
      complain: (sentence) => this.complain(sentence),
      focus: () => this.#composer.focus(),
    });
    this.#keys = new RowKeys(rows, {
      e: (row) => this.#editing.edit(row),
      Delete: (row) => this.#editing.askDelete(row),
      Escape: () => this.#composer.focus(),
      ...actions,
    });
    rows.addEventListener('click', ({ target }) => this.#settle(target));
    addEventListener('beforeunload', (event) => {
      if (this.outbox.unsaved) event.preventDefault();
    });
  }

  /** Rows have come or gone. */
  refresh() {
    this.#editing.refresh();
    this.#keys.refresh();
  }

  quote(paragraph, mention) {
    this.#composer.quote(paragraph, mention);
  }

  complain(sentence) {
    this.#composer.complain(sentence);
  }

  /** @param fault why it is closed for good, if it is */
  connectionIs(state, fault, reason) {
    this.#closed = state === 'closed' && fault !== 'signed_out' ? reason || words.closed : '';
    if (state === 'live') this.outbox.flush();
    else if (this.#closed) this.outbox.close(this.#closed);
    else this.outbox.lost();
  }

  #outboxOf(store) {
    return new Outbox(store, {
      send: (frame) => this.#connection.send(frame),
      changed: (draft) => this.#draftChanged(draft),
      stored: (ref) => this.#timeline.stored(ref),
      uploading: (ref) => this.#files.has(ref),
    });
  }

  #post(body) {
    if (!this.#files.waiting) return this.#change({ type: 'message.post', body });
    return this.#closed || this.#files.send(body);
  }

  #sendFiles(body, attached) {
    this.outbox.add({ type: 'message.post', body, attached });
    if (this.#closed) this.outbox.close(this.#closed); // while they were uploaded
  }

  /** Does something lasting; gives a complaint if it cannot. */
  #change(frame) {
    if (this.#closed) return this.#closed;
    if (this.outbox.underWay >= MOST_WAITING) return words.tooManyWaiting(this.outbox.underWay);
    this.outbox.add(frame);
    return undefined;
  }

  #draftChanged(draft) {
    const failed = draft.state === 'failed';
    if (this.#timeline.show(draft)) {
      if (failed) this.#on.announce(failureOf(draft));
    } else if (failed) { // of a message that is far up in the history
      this.complain(failureOf(draft));
      this.outbox.discard(draft.ref);
    }
    this.#on.changed();
  }

  /** The buttons under a message that could not be sent. */
  #settle(target) {
    const action = target.closest('[data-do]')?.dataset.do;
    if (action !== 'retry' && action !== 'discard') return;
    const { ref } = target.closest('.state').dataset;
    const holder = this.#files.has(ref) ? this.#files : this.outbox;
    holder[action](ref);
    if (!holder.has(ref)) this.#timeline.discard(ref);
    if (this.#closed) this.outbox.close(this.#closed);
    this.#on.changed();
    this.#composer.focus(); // the button that had the focus is gone
  }
}
