// Looking at the images of a room one by one, as large as the window.
import { filesIn } from './files.js';
import { words } from './words.js';

export class Lightbox {
  #dialog;
  #rows;
  #shown; // the link in the log whose image is shown

  constructor(dialog, rows) {
    this.#dialog = dialog;
    this.#rows = rows;
    dialog.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-turn]');
      if (button) this.#turn(Number(button.dataset.turn));
      else if (target === dialog || target.closest('[data-close]')) dialog.close();
    });
    dialog.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.#turn(getComputedStyle(dialog).direction === 'rtl' ? -step : step);
    });
    dialog.addEventListener('close', () => {
      dialog.querySelector('img').removeAttribute('src');
      if (this.#shown.isConnected) this.#shown.focus(); // where one looked last
    });
  }

  /** Shows the image of this link first. */
  open(link) {
    this.#show(link);
    this.#dialog.showModal();
  }

  #links() {
    return [...this.#rows.querySelectorAll('.picture')];
  }

  #turn(step) {
    const links = this.#links();
    const next = links[links.indexOf(this.#shown) + step];
    if (next) this.#show(next);
  }

  #show(link) {
    this.#shown = link;
    const file = this.#fileOf(link);
    const image = this.#dialog.querySelector('img');
    Object.assign(image, { alt: file.name, width: file.width, height: file.height, src: link.href });
    this.#dialog.querySelector('bdi').textContent = file.name;
    const links = this.#links();
    const place = links.indexOf(link);
    this.#dialog.querySelector('small').textContent =
      [words.size(file.size), links.length > 1 && words.placeOf(place + 1, links.length)].filter(Boolean).join(' · ');
    Object.assign(this.#dialog.querySelector('a'), { href: link.href, download: file.name });
    for (const button of this.#dialog.querySelectorAll('[data-turn]')) {
      button.disabled = !links[place + Number(button.dataset.turn)];
    }
  }

  #fileOf(link) {
    return filesIn(link.closest('.msg')).find(({ id }) => link.pathname.includes(`/files/${id}/`));
  }
}
