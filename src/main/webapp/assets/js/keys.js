// The keys of every page with the list of rooms.
import { goToLandmark } from './landmarks.js';
import { Later } from './later.js';
import { goToNeighbour } from './neighbour-rooms.js';
import { onShortcut } from './shortcuts.js';
import { Switcher } from './switcher.js';

/** @param rooms gives the rooms of the reader, for the switcher */
export function installKeys(rooms, you) {
  const switcher = new Switcher(document.getElementById('switcher'), rooms, you);
  const help = new Later(async () => (await import('./help.js')).helpSheet(document.getElementById('help')));
  for (const button of document.querySelectorAll('[data-open="switcher"]')) button.addEventListener('click', () => switcher.open());
  for (const button of document.querySelectorAll('[data-open="help"]')) button.addEventListener('click', () => help.open());
  onShortcut({
    'Mod+k': () => switcher.open(),
    'Mod+/': () => help.open(),
    '?': () => help.open(),
    'Alt+ArrowUp': () => goToNeighbour(-1),
    'Alt+ArrowDown': () => goToNeighbour(1),
    'Alt+Shift+ArrowUp': () => goToNeighbour(-1, '.unread'),
    'Alt+Shift+ArrowDown': () => goToNeighbour(1, '.unread'),
    F6: () => goToLandmark(1),
    'Shift+F6': () => goToLandmark(-1),
  });
}
