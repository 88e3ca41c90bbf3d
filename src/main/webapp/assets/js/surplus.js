export const MOST_ROWS = 250; // what scrolled far out of sight need not stay
const DROPPED = 45; // at once

export const storedRows = (rows) => [...rows.querySelectorAll('.msg[data-id]')];

/**
 * The oldest or the newest of the stored messages' rows, when there are too many; none as long as one of them is in view,
 * or a change of one is not stored.
 */
export function surplus(rows, which) {
  const stored = storedRows(rows);
  const surplus = which === 'oldest' ? stored.slice(0, DROPPED) : stored.slice(-DROPPED);
  const view = rows.parentElement.getBoundingClientRect();
  const outOfView = which === 'oldest'
    ? surplus.at(-1).getBoundingClientRect().bottom < view.top
    : surplus[0].getBoundingClientRect().top > view.bottom;
  return outOfView && !surplus.some((row) => row.matches('.editing, .pending, .failed')) ? surplus : [];
}
