// From one room to the next, in the order of the list.

/** @param step 1 or -1; @param chosen a selector that the link must meet, too */
export function goToNeighbour(step, chosen = '*') {
  const links = [...document.querySelectorAll('#my-rooms .room-link, #my-direct .room-link')];
  const candidates = links.filter((link) => link.matches(chosen) || link.matches('[aria-current="page"]'));
  const at = candidates.findIndex((link) => link.matches('[aria-current="page"]'));
  const to = candidates.at((Math.max(at, step < 0 ? 0 : -1) + step) % candidates.length);
  if (to && !to.matches('[aria-current="page"]')) location.assign(to.href);
}
