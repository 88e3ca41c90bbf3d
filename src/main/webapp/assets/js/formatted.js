// How the words of a message look: plain, or as the server has formatted them. The only place where HTML is set.
import { addCopyButtons } from './code-block.js';

const shown = new WeakMap(); // the HTML in an element, as the server wrote it; browsers write it in a way of their own
const me = document.getElementById('me').dataset.id;
const mine = `.mention:is([data-person="${CSS.escape(me)}"], [data-person="*"])`;

/** @param html of the server, which has seen to it that nothing in it acts; absent where the text is nothing but text */
export function showWords(row, { body, html }, own) {
  const element = row.querySelector('.body');
  element.classList.toggle('formatted', Boolean(html));
  if (html) showHtml(element, html);
  else showText(element, body);
  const mentions = own ? [] : element.querySelectorAll(mine);
  mentions.forEach((mention) => mention.classList.add('you'));
  row.classList.toggle('mentioned', mentions.length > 0);
}

/** What is there already is left alone: somebody may have selected it. */
function showHtml(element, html) {
  if (shown.get(element) === html) return;
  shown.set(element, html);
  const template = document.createElement('template'); // in which nothing is loaded and no script runs
  template.innerHTML = html;
  addCopyButtons(template.content);
  element.replaceChildren(template.content);
}

function showText(element, text) {
  if (shown.delete(element) || element.textContent !== text) element.textContent = text;
}
