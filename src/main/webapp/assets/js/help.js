// The sheet that lists all keys, and where two of them are chosen.
import { Dialog } from './dialog.js';
import { prefer, preference } from './preferences.js';

export function helpSheet(element) {
  const { letters, enter } = element.querySelector('form').elements;
  letters.addEventListener('change', () => prefer('letters', letters.checked ? 'on' : 'off'));
  enter.addEventListener('change', () => prefer('enter', enter.checked ? 'breaks' : 'sends'));
  return new Dialog(element, {
    open() {
      letters.checked = preference('letters') === 'on';
      enter.checked = preference('enter') === 'breaks';
    },
  });
}
