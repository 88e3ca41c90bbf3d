// One person in a list: the row comes from the template #account-row.
import { paintAvatar } from './avatar.js';
import { words } from './words.js';

/** @param you whose own row says so */
export function newAccountRow({ id, name, handle = '' }, you) {
  const row = document.getElementById('account-row').content.firstElementChild.cloneNode(true);
  row.dataset.id = id;
  row.dataset.name = name;
  paintAvatar(row.querySelector('.avatar'), { id, name });
  row.querySelector('bdi').textContent = name;
  const notes = [handle && `@${handle}`, id === you?.id && words.yourself].filter(Boolean);
  row.querySelector('small').textContent = notes.join(' · ');
  return row;
}

export function newButton(label, className, spoken = '') {
  const button = Object.assign(document.createElement('button'), { type: 'button', className, textContent: label });
  if (spoken) button.ariaLabel = spoken;
  return button;
}
