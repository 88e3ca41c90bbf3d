// What a row has from the rows around it: its place, a new day above it, and whether its author is repeated.
import { nameDay, newDayLine } from './day-line.js';
import { isSameDay } from './time.js';

const GROUP = 5 * 60_000; // one author's messages closer than this stand under one heading

const isMessage = (element) => element.classList.contains('msg');
const isNote = (row) => row.classList.contains('note');
const separatorOf = (row) => (row.previousElementSibling?.matches('.day') ? row.previousElementSibling : null);
const dateOf = (row) => new Date(Number(row.dataset.at));
const seqOf = (row) => Number(row.dataset.seq ?? Infinity); // drafts have none yet and stand last

export function nextMessage(row) {
  let next = row.nextElementSibling;
  while (next && !isMessage(next)) next = next.nextElementSibling;
  return next;
}

export function previousMessage(row) {
  let previous = row.previousElementSibling;
  while (previous && !isMessage(previous)) previous = previous.previousElementSibling;
  return previous;
}

/** The place of the last message that is stored; drafts stand below it. */
export function lastPlace(rows) {
  let row = rows.lastElementChild;
  while (row && !row.matches('.msg[data-id]')) row = row.previousElementSibling;
  return Number(row?.dataset.seq ?? 0);
}

/** Puts a row below all that come before it; `edge` stands above the first. */
export function place(row, rows, edge) {
  const first = rows.querySelector('.msg');
  let above = !first || seqOf(first) > seqOf(row) ? null : rows.lastElementChild;
  while (above && (above === row || !isMessage(above) || seqOf(above) > seqOf(row))) above = above.previousElementSibling;
  const formerNext = nextMessage(row);
  if (!row.isConnected || previousMessage(row) !== above) { // moving would take the focus away
    separatorOf(row)?.remove();
    (above ?? edge).after(row);
  }
  [row, nextMessage(row), formerNext].forEach(arrange);
}

/** Removes rows that stand one below the other. */
export function removeRows(rows) {
  const next = rows.length && nextMessage(rows.at(-1));
  for (const row of rows) {
    separatorOf(row)?.remove();
    row.remove();
  }
  if (next) arrange(next);
}

/** Settles what depends on the neighbour above. */
export function arrange(row) {
  if (!row) return;
  const previous = previousMessage(row);
  const newDay = !previous || !isSameDay(dateOf(previous), dateOf(row));
  const separator = separatorOf(row);
  if (!newDay || !separator) separator?.remove();
  if (newDay && separator) nameDay(separator, dateOf(row));
  if (newDay && !separator) row.before(newDayLine(dateOf(row)));
  const near = !newDay && Math.abs(row.dataset.at - previous.dataset.at) <= GROUP;
  const apart = isNote(row) || (previous && isNote(previous)) || row.previousElementSibling?.matches('.divider');
  row.classList.toggle('grouped', near && !apart && previous.dataset.author === row.dataset.author);
}
