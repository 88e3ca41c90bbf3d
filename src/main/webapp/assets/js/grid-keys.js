/**
 * Going through buttons in rows by the arrows: one of them is a tab stop. The rows are those of groups, which all have the same
 * columns; above the first is a field, to which one comes back by writing on, too.
 */
export class GridKeys {
  #grid;
  #field;

  constructor(grid, field) {
    this.#grid = grid;
    this.#field = field;
    field.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown') this.#go(event, this.#all()[0]);
    });
    grid.addEventListener('keydown', (event) => this.#key(event));
    new MutationObserver(() => this.#choose(this.#all()[0])).observe(grid, { childList: true });
  }

  #key(event) {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    const moves = {
      ArrowRight: () => this.#beside(target, this.#forward),
      ArrowLeft: () => this.#beside(target, -this.#forward),
      ArrowDown: () => this.#below(target),
      ArrowUp: () => this.#above(target),
      Home: () => this.#all()[0],
      End: () => this.#all().at(-1),
    };
    if (moves[key]) {
      this.#go(event, moves[key]());
    } else if (key.length === 1 && key !== ' ') {
      event.stopPropagation(); // to the keys of the page
      this.#field.focus(); // which then gets the letter
    }
  }

  #go(event, to) {
    event.preventDefault();
    event.stopPropagation();
    if (to && to !== this.#field) this.#choose(to);
    to?.focus();
  }

  #choose(button) {
    this.#grid.querySelectorAll('[tabindex="0"]').forEach((former) => { former.tabIndex = -1; });
    if (button) button.tabIndex = 0;
  }

  #beside(button, step) {
    const all = this.#all();
    return all[all.indexOf(button) + step];
  }

  #below(button) {
    const { group, at, columns } = this.#placeOf(button);
    const all = [...group.children];
    const lastRow = Math.floor((all.length - 1) / columns);
    if (Math.floor(at / columns) < lastRow) return all[Math.min(at + columns, all.length - 1)];
    const next = group.nextElementSibling?.children;
    return next?.[Math.min(at % columns, next.length - 1)];
  }

  #above(button) {
    const { group, at, columns } = this.#placeOf(button);
    if (at >= columns) return group.children[at - columns];
    const former = group.previousElementSibling?.children;
    if (!former) return this.#field;
    const lastRow = Math.floor((former.length - 1) / columns) * columns;
    return former[Math.min(lastRow + at % columns, former.length - 1)];
  }

  #placeOf(button) {
    const group = button.parentElement;
    const columns = getComputedStyle(group).gridTemplateColumns.split(' ').length;
    return { group, at: [...group.children].indexOf(button), columns };
  }

  get #forward() {
    return getComputedStyle(this.#grid).direction === 'rtl' ? -1 : 1;
  }

  #all() {
    return [...this.#grid.querySelectorAll('button')];
  }
}
