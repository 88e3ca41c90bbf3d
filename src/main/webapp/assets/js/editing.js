// Changing and taking back one's own messages, inside their rows.
import { finishes } from './enter.js';
import { sizeProblem } from './limits.js';
import { previousMessage } from './neighbours.js';
import { setState } from './row.js';
import { words } from './words.js';

const isOwn = (row) => row?.matches('.own:not(.deleted)');

export class Editing {
  #rows;
  #timeline;
  #template = document.getElementById('message-editor');
  #on;
  #row; // whose text is being changed
  #fromRow = false; // whether it was reached by keyboard, and should have the focus again
  #actions = {
    edit: (row) => this.edit(row),
    delete: (row) => this.askDelete(row),
    remove: (row) => this.#delete(row),
    keep: (row) => this.#keep(row),
    save: () => this.#save(),
    cancel: () => this.cancel(),
  };

  /** @param on {change(frame), done(): the focus goes back to the composer} */
  constructor(rows, timeline, on) {
    this.#rows = rows;
    this.#timeline = timeline;
    this.#on = on;
    rows.addEventListener('click', ({ target }) => {
      const action = this.#actions[target.closest('[data-do]')?.dataset.do];
      action?.(target.closest('.msg'));
    });
    rows.addEventListener('keydown', (event) => this.#key(event));
  }

  editLast() {
    let row = this.#rows.lastElementChild;
    while (row && !isOwn(row)) row = previousMessage(row);
    if (row) this.edit(row);
  }

  edit(row) {
    if (!isOwn(row) || row === this.#row) return;
    this.cancel();
    this.#enter(row);
    this.#row = row;
    row.classList.add('editing');
    const editor = document.importNode(this.#template.content.firstElementChild, true);
    const input = editor.querySelector('textarea');
    input.value = this.#timeline.messageAt(row).body;
    row.querySelector('.content').append(editor);
    input.focus({ preventScroll: true });
    input.setSelectionRange(input.value.length, input.value.length);
    editor.scrollIntoView({ block: 'nearest' });
  }

  cancel() {
    const row = this.#row;
    if (!row) return;
    this.#row = undefined;
    this.#leave(row, () => {
      row.classList.remove('editing');
      row.querySelector('.editor').remove();
    });
  }

  /** Rows have changed: what somebody else has deleted cannot be edited any more; what stands in another row now is edited on there. */
  refresh() {
    const row = this.#row;
    if (!row || (isOwn(row) && row.isConnected)) return;
    const { value } = row.querySelector('.editor textarea');
    const again = this.#rows.querySelector(`.own:not(.deleted)[data-id="${row.dataset.id}"]`);
    this.cancel();
    if (!again) return;
    this.edit(again);
    again.querySelector('.editor textarea').value = value;
  }

  askDelete(row) {
    if (!row?.matches('.deletable:not(.deleted)')) return;
    this.cancel();
    this.#enter(row);
    setState(row, words.deleteThis, [[words.delete, 'remove'], [words.keep, 'keep']]);
    row.querySelector('.state').scrollIntoView({ block: 'nearest' });
    row.querySelector('[data-do="remove"]').focus({ preventScroll: true });
  }

  #save() {
    const row = this.#row;
    const { id, body: before } = this.#timeline.messageAt(row);
    const body = row.querySelector('.editor textarea').value;
    if (!body.trim()) {
      this.askDelete(row);
      return;
    }
    const problem = sizeProblem(body);
    row.querySelector('.editor .complaint').textContent = problem ?? '';
    if (problem) return;
    this.cancel();
    if (body !== before) this.#on.change({ type: 'message.edit', message: id, body });
  }

  #delete(row) {
    const { id } = this.#timeline.messageAt(row);
    this.#leave(row, () => {
      setState(row);
      this.#on.change({ type: 'message.delete', message: id });
    });
  }

  #keep(row) {
    this.#leave(row, () => setState(row));
  }

  #enter(row) {
    const { activeElement } = document;
    this.#fromRow = row.contains(activeElement) && activeElement.matches(':focus-visible');
  }

  /** What had the focus goes away; it returns to where one came from. */
  #leave(row, change) {
    change();
    if (this.#fromRow) row.focus({ preventScroll: true });
    else this.#on.done();
  }

  #key(event) {
    const row = event.target.closest('.msg');
    if (event.key === 'Escape' && !event.isComposing) {
      if (event.target.closest('.editor')) this.cancel();
      else if (event.target.matches('[data-do="remove"], [data-do="keep"]')) this.#keep(row);
    } else if (event.target.matches('.editor textarea') && finishes(event)) {
      event.preventDefault();
      this.#save();
    }
  }
}
