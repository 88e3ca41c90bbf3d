/** Calls back when Enter is released in a field, but not for the Enter that ends an IME composition. */
export function onEnter(input, callback) {
  let composing = false;
  input.addEventListener('keydown', (event) => {
    composing = event.isComposing || event.keyCode === 229; // keyup no longer tells: the composition is over by then
  });
  input.addEventListener('keyup', (event) => {
    if (event.key === 'Enter' && !composing) callback();
  });
}
