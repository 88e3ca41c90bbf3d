// Messages that wait for their files: each has its row and is sent as soon as all of them are stored; others are not held up.
// The files are lost with the page; their text is kept as that of a message that failed, for the outbox of the next page.
import { newRef } from './ref.js';
import { words } from './words.js';

export class Parcels {
  #store;
  #on;
  #parcels = new Map(); // by ref: {draft, uploads}

  /** @param on {show(draft), forget(ref), send(body, files)} */
  constructor(store, on) {
    this.#store = store;
    this.#on = on;
    addEventListener('beforeunload', (event) => {
      if (this.#parcels.size) event.preventDefault(); // the browser would stop sending them
    });
  }

  has(ref) {
    return this.#parcels.has(ref);
  }

  /** Sends this text with these files, now if they are all stored. */
  add(body, uploads) {
    if (uploads.every(({ state }) => state === 'done')) {
      this.#on.send(body, uploads.map(({ stored }) => stored));
      return;
    }
    const draft = { ref: newRef(), type: 'message.post', body, at: Date.now() };
    this.#parcels.set(draft.ref, { draft, uploads });
    const detail = words.filesLost(uploads.map(({ shown }) => shown.name));
    if (body.trim()) this.#store.save({ ...draft, failure: { code: 'upload', detail } });
    uploads.forEach((upload) => upload.watch(() => this.#changed(draft.ref)));
    this.#changed(draft.ref);
  }

  retry(ref) {
    const { uploads } = this.#parcels.get(ref);
    uploads.filter(({ state }) => state === 'failed').forEach((upload) => upload.start());
  }

  discard(ref) {
    const { uploads } = this.#parcels.get(ref);
    this.#end(ref);
    uploads.forEach((upload) => upload.cancel());
  }

  #changed(ref) {
    const { draft, uploads } = this.#parcels.get(ref);
    if (uploads.every(({ state }) => state === 'done')) {
      this.#end(ref);
      this.#on.send(draft.body, uploads.map(({ stored }) => stored));
      return;
    }
    const broken = uploads.every(({ settled }) => settled) && uploads.find(({ state }) => state === 'failed');
    const state = broken ? 'failed' : 'uploading';
    const failure = broken ? { code: 'upload', detail: words.notUploaded(broken.shown.name, broken.problem) } : undefined;
    const progress = uploads.reduce((sum, upload) => sum + upload.progress, 0) / uploads.length;
    Object.assign(draft, { state, failure, progress, attached: uploads.map(({ shown }) => shown) });
    this.#on.show(draft);
  }

  #end(ref) {
    const { uploads } = this.#parcels.get(ref);
    uploads.forEach((upload) => upload.watch(undefined));
    this.#parcels.delete(ref);
    this.#store.remove(ref);
    this.#on.forget(ref);
  }
}
