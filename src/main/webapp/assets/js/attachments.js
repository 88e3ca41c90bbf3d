// The files that the next message is going to carry, as chips over the box one writes in. They are uploaded at once.
import { isImage, smallAddress } from './files.js';
import { Upload } from './upload.js';
import { words } from './words.js';

export const MOST_FILES = 10; // of a message, as the server says

export class Attachments {
  #list;
  #room;
  #on;
  #chips = new Map(); // by upload

  /** @param room the name of the room; @param on {announce(sentence), complain(sentence), emptied(): the chip that had the focus is gone} */
  constructor(list, room, on) {
    this.#list = list;
    this.#room = room;
    this.#on = on;
    list.addEventListener('click', ({ target }) => this.#click(target));
    list.addEventListener('keydown', (event) => {
      if (event.key === 'Delete' || event.key === 'Backspace') this.#click(event.target.closest('.attachment').querySelector('[data-do="remove"]'));
    });
  }

  get empty() {
    return this.#chips.size === 0;
  }

  /** Whether one of them could not be uploaded. */
  get failed() {
    return [...this.#chips.keys()].some(({ state }) => state === 'failed');
  }

  add(files) {
    const room = Math.max(0, MOST_FILES - this.#chips.size);
    if (files.length > room) this.#on.complain(words.tooManyFiles(MOST_FILES));
    for (const file of files.slice(0, room)) {
      const upload = new Upload(file, this.#room);
      this.#put(upload);
      upload.start();
    }
  }

  /** Gives up the uploads to who sends them. */
  take() {
    const uploads = [...this.#chips.keys()];
    uploads.forEach((upload) => upload.watch(undefined));
    this.#chips.clear();
    this.#list.replaceChildren();
    return uploads;
  }

  #put(upload) {
    const chip = document.importNode(document.getElementById('attachment').content.firstElementChild, true);
    const { name } = upload.shown;
    chip.querySelector('bdi').textContent = name;
    chip.querySelector('[data-do="remove"]').ariaLabel = words.removeFile(name);
    chip.querySelector('[data-do="again"]').ariaLabel = words.retryFile(name);
    chip.querySelector('progress').ariaLabel = words.uploadOf(name);
    this.#chips.set(upload, chip);
    this.#list.append(chip);
    upload.watch(() => this.#paint(upload, chip));
  }

  #paint(upload, chip) {
    const { state, progress, problem, shown } = upload;
    if (chip.dataset.state !== state) this.#announce(state, shown.name, problem);
    chip.dataset.state = state;
    chip.querySelector('progress').value = progress;
    chip.querySelector('small').textContent = problem || words.size(shown.size);
    chip.querySelector('small').title = problem;
    chip.querySelector('[data-do="again"]').hidden = state !== 'failed';
    if (state === 'done' && isImage(shown) && !chip.querySelector('img')) {
      const image = document.createElement('img');
      Object.assign(image, { alt: '', src: smallAddress(shown) });
      chip.querySelector('.glyph').replaceChildren(image);
    }
  }

  #announce(state, name, problem) {
    if (state === 'done') this.#on.announce(words.uploaded(name));
    if (state === 'failed') this.#on.announce(words.notUploaded(name, problem));
  }

  #click(target) {
    const action = target.closest('[data-do]')?.dataset.do;
    const chip = target.closest('.attachment');
    const upload = [...this.#chips.keys()].find((each) => this.#chips.get(each) === chip);
    if (action === 'again') upload.start();
    if (action !== 'remove') return;
    upload.watch(undefined);
    upload.cancel();
    const neighbour = chip.nextElementSibling ?? chip.previousElementSibling;
    this.#chips.delete(upload);
    chip.remove();
    if (neighbour) neighbour.querySelector('[data-do="remove"]').focus();
    else this.#on.emptied();
  }
}
