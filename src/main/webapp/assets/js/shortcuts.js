// Keys that do something wherever one is on the page.
import { preference } from './preferences.js';

const MAC = navigator.platform.startsWith('Mac');
const WRITABLE = 'input, textarea, select, [contenteditable]';

/** The key, by its Latin letter also where the layout has others: on a Russian one the key of r is к. */
export const keyOf = ({ key, code }) => (/^[^\0-\x7f]$/u.test(key) && /^Key[A-Z]$/.test(code) ? code.at(-1).toLowerCase() : key);

/** How a key is called: "Mod+k", "Alt+Shift+ArrowUp", "?". Mod is Ctrl, or the command key of a Mac. */
function nameOf(event) {
  const key = keyOf(event);
  const letter = key.length === 1;
  const parts = [
    (MAC ? event.metaKey : event.ctrlKey) && 'Mod',
    event.altKey && 'Alt',
    event.shiftKey && !letter && 'Shift',
    letter ? key.toLowerCase() : key,
  ];
  return parts.filter(Boolean).join('+');
}

/** Whether letters alone do something, here: not in a text, nor where somebody has switched them off (WCAG 2.1.4). */
export const lettersCount = ({ target }) => preference('letters') === 'on' && !target.matches(WRITABLE);

/** @param actions functions by the names of keys; a key of one letter, and End, belong to the text where one writes */
export function onShortcut(actions) {
  addEventListener('keydown', (event) => {
    const name = nameOf(event);
    const action = actions[name];
    if (!action || event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
    if (name.length === 1 && !lettersCount(event)) return;
    if (name === 'End' && event.target.matches(WRITABLE)) return;
    if (action() !== false) event.preventDefault();
  });
}
