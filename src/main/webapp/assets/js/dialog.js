// What every dialog of ours does: opens by its button, closes by Escape, its buttons and a click beside it.

/** @param on {open(): before it is shown, submit(form): a promise; what it throws is shown; without it nothing is sent, closed()} */
export class Dialog {
  #element;
  #form;
  #on;

  constructor(element, on) {
    this.#element = element;
    this.#form = element.querySelector('form');
    this.#on = on;
    element.addEventListener('click', (event) => {
      if (event.target === element || event.target.closest('[data-close]')) element.close();
    });
    element.addEventListener('close', () => on.closed?.());
    this.#form?.addEventListener('submit', (event) => {
      event.preventDefault();
      if (on.submit) this.#submit();
    });
  }

  open() {
    this.#form?.reset();
    this.complain();
    this.#on.open?.();
    this.#element.showModal();
  }

  close() {
    this.#element.close();
  }

  /** Shows what is wrong beside the field it is about, or at the end; nothing without a sentence. */
  complain(sentence = '', field = '') {
    const places = [...this.#element.querySelectorAll('[data-problem]')];
    const beside = places.find((place) => place.dataset.problem === field) ?? places.find((place) => !place.dataset.problem);
    for (const place of places) place.textContent = place === beside ? sentence : '';
    for (const input of this.#element.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
    const input = sentence && field && this.#form?.elements[field];
    if (!input) return;
    input.setAttribute('aria-invalid', 'true');
    input.focus();
  }

  async #submit() {
    const button = this.#form.querySelector('[type="submit"]');
    this.complain();
    button.disabled = true; // twice would be done twice
    try {
      await this.#on.submit(this.#form);
    } catch (problem) {
      this.complain(problem.message, this.#on.fieldOf?.(problem) ?? '');
    } finally {
      button.disabled = false;
    }
  }
}
