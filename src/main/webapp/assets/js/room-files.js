// The files of a room's page: how they come, wait to be sent, and are looked at.
import { Attachments } from './attachments.js';
import { takeFiles } from './drop.js';
import { Later } from './later.js';
import { Parcels } from './parcels.js';
import { words } from './words.js';

const byId = (id) => document.getElementById(id);

export class RoomFiles {
  #attachments;
  #parcels;

  /** @param on {show(draft), forget(ref), send(body, files), announce(sentence), complain(sentence), focus()} */
  constructor({ rows, input, you, room, store }, on) {
    this.#attachments = new Attachments(byId('attachments'), room, { ...on, emptied: on.focus });
    this.#parcels = new Parcels(store, on);
    const lightbox = new Later(async () => new (await import('./lightbox.js')).Lightbox(byId('lightbox'), rows));
    rows.addEventListener('click', (event) => {
      const link = event.target.closest('.picture');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      lightbox.open(link);
    });
    takeFiles({ button: byId('attach'), picker: byId('attach-files'), input, zone: byId('drop') }, (files) => {
      if (you.guest) on.complain(words.guestsSendNoFiles);
      else if (!input.form.hidden) this.#take(files, on);
    });
  }

  #take(files, on) {
    on.complain('');
    this.#attachments.add(files);
    on.focus();
  }

  /** Whether the next message has files. */
  get waiting() {
    return !this.#attachments.empty;
  }

  /** Sends a text with the files that wait; gives a complaint if that cannot be. */
  send(body) {
    if (this.#attachments.failed) return words.filesFailed;
    this.#parcels.add(body, this.#attachments.take());
    return undefined;
  }

  has(ref) {
    return this.#parcels.has(ref);
  }

  retry(ref) {
    this.#parcels.retry(ref);
  }

  discard(ref) {
    this.#parcels.discard(ref);
  }
}
