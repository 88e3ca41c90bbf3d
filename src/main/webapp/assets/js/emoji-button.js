// The button by which one puts an emoji into the box; what it opens is loaded when it is first opened.
import { words } from './words.js';

const GAP = 4; // px between the button and the panel
const touch = matchMedia('(hover: none) and (pointer: coarse)'); // there the focus in a field brings up the keyboard

export function installEmojiButton(button, panel, input) {
  let picker;
  const choose = (character) => {
    panel.hidePopover();
    input.setRangeText(character, input.selectionStart, input.selectionEnd, 'end');
    input.dispatchEvent(new Event('input'));
    input.focus();
  };
  panel.addEventListener('beforetoggle', async ({ newState }) => {
    if (newState !== 'open') return;
    placeAbove(button, panel);
    picker ??= import('./emoji-picker.js').then(({ EmojiPicker }) => new EmojiPicker(panel, choose));
    try {
      (await picker).open();
    } catch {
      picker = undefined;
      panel.querySelector('[role=status]').textContent = words.failed;
    }
  });
  panel.addEventListener('toggle', ({ newState }) => {
    if (newState === 'open' && !touch.matches) panel.querySelector('input').focus();
  });
}

function placeAbove(button, panel) {
  const { top, left, right } = button.getBoundingClientRect();
  const isRtl = getComputedStyle(button).direction === 'rtl';
  panel.style.setProperty('--above', `${innerHeight - top + GAP}px`);
  panel.style.setProperty('--beside', `${isRtl ? left : innerWidth - right}px`);
}
