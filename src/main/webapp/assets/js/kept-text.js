import { stored } from './storage.js';

const PAUSE = 300; // ms after the last key

/**
 * Keeps what stands in the box with this browser until it is sent or taken out, or its author signs out, whatever becomes of
 * the page. Of two tabs with the same room the one counts in which was written last.
 */
export function keepText(input, key) {
  const kept = stored(() => localStorage.getItem(key));
  if (kept && !input.value) {
    input.value = kept;
    input.dispatchEvent(new Event('input'));
  }
  let timer;
  const save = () => {
    timer = clearTimeout(timer);
    stored(() => (input.value ? localStorage.setItem(key, input.value) : localStorage.removeItem(key)));
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  addEventListener('pagehide', () => timer && save());
}
