// The lobby: type a room's name, or go back to one of the last.
import { onEnter } from './enter.js';
import { roomAddress } from './page.js';
import { onRecentChange, recentRooms, showRooms } from './recent.js';
import { Shell } from './shell.js';
import './sign-out.js';
import { words } from './words.js';

const LONGEST = 100; // code points, as RoomName on the server
const input = document.querySelector('#room-name-input');
const submit = document.querySelector('#room-name-submit');
const advice = document.querySelector('#room-name-advice');
const usual = advice.textContent;

/** What is wrong with this name, as a sentence; empty if nothing is. */
function problemOf(name) {
  if (!name) return words.roomNameEmpty;
  if (/[/\\]/.test(name)) return words.roomNameSlash;
  if (name === '.' || name === '..') return words.roomNameDots;
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) return words.roomNameControl;
  const length = [...name].length;
  return length > LONGEST ? words.roomNameLong(length, LONGEST) : '';
}

function advise(problem) {
  advice.textContent = problem || usual;
  advice.classList.toggle('problem', Boolean(problem));
  if (problem) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}

submit.addEventListener('click', () => {
  const name = input.value.trim().normalize('NFKC');
  const problem = problemOf(name);
  advise(problem);
  if (problem) input.focus();
  else location.assign(roomAddress(name));
});

input.form.addEventListener('submit', (event) => event.preventDefault());

input.addEventListener('input', () => {
  if (input.hasAttribute('aria-invalid')) advise('');
});

function showRecent() {
  const names = recentRooms();
  document.querySelector('#recent').hidden = names.length === 0;
  showRooms(document.querySelector('#recent-rooms'), names);
}

const me = document.querySelector('#me');
if ('guest' in me.dataset) {
  onRecentChange(showRecent);
  showRecent();
} else {
  new Shell({ id: me.dataset.id, name: me.dataset.name, guest: false });
}
onEnter(input, () => submit.click());
input.focus();
