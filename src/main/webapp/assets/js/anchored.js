/** Changes what is above without moving what is in view. */
export function anchored(log, change) {
  const top = log.getBoundingClientRect().top;
  const bottomOf = (row) => row.getBoundingClientRect().bottom;
  const anchor = [...log.querySelectorAll('.msg')].find((row) => bottomOf(row) > top);
  const before = anchor && bottomOf(anchor);
  log.style.overflowAnchor = 'none'; // the browser would move it a second time
  change();
  if (anchor) log.scrollTop += bottomOf(anchor) - before;
  requestAnimationFrame(() => { log.style.overflowAnchor = ''; });
}
