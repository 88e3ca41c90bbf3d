const REST = 40; // ms without a new place under the pointer: the bar comes to no row that is only scrolled past

/** The buttons of a message: one bar for all of them, which comes to where somebody points or has the focus. */
export function installTools(rows) {
  const tools = document.importNode(document.getElementById('message-tools').content.firstElementChild, true);
  const come = ({ target }) => {
    const row = target.closest('.msg[data-id]:not(.note)');
    if (row && tools.parentElement !== row) row.append(tools);
  };
  rows.addEventListener('focusin', come);
  let resting;
  rows.addEventListener('pointerover', (event) => {
    clearTimeout(resting);
    resting = setTimeout(() => tools.querySelector(':focus-visible') || come(event), REST); // moving would take the focus away
  });
}
