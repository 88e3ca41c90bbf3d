import { paintAvatar } from './avatar.js';
import { absolute, clock, day } from './time.js';
import { words } from './words.js';

const GROUP = 5 * 60_000; // one author's messages closer than this stand under one heading
const MOST_ROWS = 2_000; // what scrolled far out of sight need not stay in memory

/** The rows of the log: stored messages in the server's order, then the drafts of this page. */
export class Timeline {
  #log;
  #template = document.getElementById('message-row');
  #drafts = new Map(); // rows by ref

  constructor(log) {
    this.#log = log;
  }

  /** Adds a stored message; if it was a draft of ours, its row stays and moves up among the stored ones. */
  add({ author, body, at }, ref) {
    const row = this.#drafts.get(ref) ?? this.#newRow(author, body);
    const formerNext = nextMessage(row);
    if (this.#drafts.delete(ref)) settle(row);
    setTime(row, new Date(at));
    const firstDraft = this.#drafts.values().next().value;
    this.#log.insertBefore(row, firstDraft ? separatorOf(firstDraft) ?? firstDraft : null);
    [row, nextMessage(row), formerNext].forEach(arrange);
  }

  /** Shows a draft as it now is. */
  show(draft, author) {
    let row = this.#drafts.get(draft.ref);
    if (!row) {
      row = this.#newRow(author, draft.body);
      row.dataset.ref = draft.ref;
      setTime(row, draft.at);
      this.#drafts.set(draft.ref, row);
      this.#log.append(row);
      arrange(row);
    }
    const troubled = draft.state === 'failed' || draft.state === 'unconfirmed';
    row.classList.remove('pending', 'failed', 'unconfirmed');
    row.classList.add(troubled ? draft.state : 'pending');
    row.querySelector('.state').hidden = false;
    row.querySelector('.why').textContent =
      draft.state === 'failed' ? words.notSent(draft.why) : troubled ? words.notConfirmed : words.sending;
  }

  discard(ref) {
    const row = this.#drafts.get(ref);
    const next = nextMessage(row);
    this.#drafts.delete(ref);
    separatorOf(row)?.remove();
    row.remove();
    arrange(next);
  }

  /** Drops the oldest rows, a tenth at a time, when there are too many. */
  trim() {
    if (this.#log.childElementCount <= MOST_ROWS) return;
    const rows = [...this.#log.querySelectorAll('.msg:not([data-ref]), .day')].slice(0, MOST_ROWS / 10);
    rows.forEach((row) => row.remove());
    arrange(this.#log.querySelector('.msg'));
  }

  #newRow(author, body) {
    const row = this.#template.content.firstElementChild.cloneNode(true);
    row.classList.add('fresh');
    row.dataset.author = author.id;
    paintAvatar(row.querySelector('.avatar'), author);
    row.querySelector('.who bdi').textContent = author.name;
    row.querySelector('.body').textContent = body;
    return row;
  }
}

/** Makes the row of a draft the row of a stored message. */
function settle(row) {
  separatorOf(row)?.remove();
  delete row.dataset.ref;
  row.className = 'msg';
  row.querySelector('.state').hidden = true;
}

function setTime(row, at) {
  row.dataset.at = at.getTime();
  row.querySelector('.side-time').textContent = clock(at);
  const time = row.querySelector('time');
  time.dateTime = at.toISOString();
  time.title = absolute(at);
  time.textContent = clock(at);
}

const isMessage = (element) => element?.classList.contains('msg');
const separatorOf = (row) => (row.previousElementSibling?.matches('.day') ? row.previousElementSibling : null);
const dateOf = (row) => new Date(Number(row.dataset.at));

function nextMessage(row) {
  let next = row.nextElementSibling;
  while (next && !isMessage(next)) next = next.nextElementSibling;
  return next;
}

function previousMessage(row) {
  let previous = row.previousElementSibling;
  while (previous && !isMessage(previous)) previous = previous.previousElementSibling;
  return previous;
}

/** Settles what depends on the neighbour above: whether a new day begins here, and whether the author is repeated. */
function arrange(row) {
  if (!row) return;
  const previous = previousMessage(row);
  const newDay = !previous || dateOf(previous).toDateString() !== dateOf(row).toDateString();
  const separator = separatorOf(row);
  if (newDay && !separator) row.before(daySeparator(dateOf(row)));
  if (!newDay) separator?.remove();
  const near = !newDay && Math.abs(row.dataset.at - previous.dataset.at) <= GROUP;
  row.classList.toggle('grouped', near && previous.dataset.author === row.dataset.author);
}

function daySeparator(date) {
  const separator = document.createElement('p');
  separator.className = 'day';
  separator.textContent = day(date);
  return separator;
}
