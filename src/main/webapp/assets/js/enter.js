import { preference } from './preferences.js';

/** Calls back when Enter is released in a field, but not for the Enter that ends an IME composition. */
export function onEnter(input, callback) {
  let composing = false;
  input.addEventListener('keydown', (event) => {
    composing = belongsToInputMethod(event); // keyup no longer tells: the composition is over by then
  });
  input.addEventListener('keyup', (event) => {
    if (event.key === 'Enter' && !composing) callback();
  });
}

const touch = matchMedia('(hover: none) and (pointer: coarse)'); // there Enter is a new line

/** Whether this key, pressed in a text of several lines, means that the text is finished. */
export function finishes(event) {
  if (event.key !== 'Enter' || belongsToInputMethod(event)) return false;
  if (event.ctrlKey || event.metaKey) return true;
  return !touch.matches && event.shiftKey === (preference('enter') === 'breaks');
}

const belongsToInputMethod = (event) => event.isComposing || event.keyCode === 229;
