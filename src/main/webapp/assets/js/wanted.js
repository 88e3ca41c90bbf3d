// The message that the address of the page asks for: in view, marked, and with the focus.

function show(row) {
  for (const former of row.parentElement.querySelectorAll('.wanted')) former.classList.remove('wanted');
  row.classList.add('wanted');
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'center' });
}

/** Shows it, if there is one; tells whether it did. Times of messages are their links. */
export function showWanted(rows) {
  rows.addEventListener('click', (event) => {
    const link = event.target.closest('.at, .side-time');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab or window
    event.preventDefault();
    window.history.replaceState(null, '', link.href);
    show(link.closest('.msg'));
  });
  const wanted = rows.querySelector('.wanted');
  if (wanted) show(wanted);
  return Boolean(wanted);
}
