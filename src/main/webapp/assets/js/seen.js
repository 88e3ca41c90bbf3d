// How far this room was read: a line where the unread begin, and the place told to the server as one reads on.
import { arrange, lastPlace, nextMessage, previousMessage } from './neighbours.js';
import { words } from './words.js';

const PAUSE = 1_000; // ms between two reports
const STORED = '.msg[data-id]';

/** The line is fixed when the room opens: reading on does not move it. */
export class Seen {
  #rows;
  #on;
  #from; // up to here it was read before
  #to; // and up to here there was something when the page was made
  #told;
  #timer;
  #divider;
  #turnedBack = false; // what is shown is not read any more, until the room is opened again

  /** @param place {seen, head}; @param on {reading(): whether the end is in view, send(frame): whether it left} */
  constructor(rows, { seen, head }, on) {
    this.#rows = rows;
    this.#from = this.#told = seen;
    this.#to = head;
    this.#on = on;
    document.addEventListener('visibilitychange', () => this.read());
    addEventListener('focus', () => this.read());
  }

  /** Rows have come or gone. */
  rowsChanged(complete) {
    if (this.#from < this.#to) this.#divide(complete);
    this.read();
  }

  /** From this place on all is unread again; tells whether the server was told. */
  turnBack(seq) {
    this.#turnedBack = true;
    this.#from = seq - 1;
    this.#to = Infinity;
    this.#divide(true);
    return this.#on.send({ type: 'room.seen', seq: seq - 1, back: true }); // after what is on its way: the later one counts
  }

  /** What is shown may have been read now. */
  read() {
    clearTimeout(this.#timer);
    const last = lastPlace(this.#rows);
    if (this.#turnedBack || last <= this.#told || document.hidden || !this.#on.reading()) return;
    if (this.#on.send({ type: 'room.seen', seq: last })) this.#told = last;
    this.#timer = setTimeout(() => this.read(), PAUSE);
  }

  #divide(complete) {
    const first = [...this.#rows.querySelectorAll(STORED)].find((row) => this.#isNew(row));
    const known = first && (complete || previousMessage(first)); // the beginning of the unread is here
    if (known && this.#divider?.nextElementSibling === this.#headOf(first)) return;
    const after = this.#divider && nextMessage(this.#divider);
    this.#divider ??= this.#line();
    if (known) this.#headOf(first).before(this.#divider);
    else this.#divider.remove();
    [first, after].forEach(arrange);
  }

  #isNew({ dataset: { seq }, classList }) {
    return seq > this.#from && seq <= this.#to && !classList.contains('own') && !classList.contains('note');
  }

  /** The row, or the new day above it. */
  #headOf(row) {
    return row.previousElementSibling?.matches('.day') ? row.previousElementSibling : row;
  }

  #line() {
    const line = document.createElement('p');
    line.className = 'divider';
    line.textContent = words.newDivider;
    return line;
  }
}
