// What somebody has chosen for this browser, kept in localStorage: {enter: 'sends' or 'breaks', letters: 'on' or 'off'}.
import { storageKey } from './page.js';
import { stored } from './storage.js';

const USUAL = { enter: 'sends', letters: 'on' };
const keyOf = (what) => storageKey(`preference:${what}`);

export const preference = (what) => stored(() => localStorage.getItem(keyOf(what))) ?? USUAL[what];

export function prefer(what, value) {
  stored(() => localStorage.setItem(keyOf(what), value));
  show(what);
}

/** Views and styles see it at the root element. */
function show(what) {
  document.documentElement.dataset[what] = preference(what);
}

Object.keys(USUAL).forEach(show);
addEventListener('storage', () => Object.keys(USUAL).forEach(show)); // chosen in another tab
