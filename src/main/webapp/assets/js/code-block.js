// Blocks of code: they scroll inside, and a button copies them.
import { copy as copyText } from './clipboard.js';
import { words } from './words.js';

const COPIED_MILLIS = 2_000;

export function addCopyButtons(content) {
  for (const code of content.querySelectorAll('pre')) {
    const block = document.createElement('div');
    const button = document.importNode(document.getElementById('copy-code').content.firstElementChild, true);
    block.className = 'code-block';
    button.addEventListener('click', () => copy(code, button));
    code.tabIndex = 0; // to be scrolled by keyboard
    code.replaceWith(block);
    block.append(code, button);
  }
}

async function copy(code, button) {
  await copyText(code.textContent.replace(/\n$/, ''));
  const label = button.getAttribute('aria-label');
  if (label === words.copied) return;
  button.setAttribute('aria-label', words.copied);
  button.classList.add('done');
  setTimeout(() => {
    button.setAttribute('aria-label', label);
    button.classList.remove('done');
  }, COPIED_MILLIS);
}
