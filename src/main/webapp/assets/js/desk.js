// The pages of an account and of administrators: they work without this; here is what only a browser knows.
import { paintAvatar } from './avatar.js';
import { copy as copyText } from './clipboard.js';
import './sign-out.js';
import { minute } from './time.js';
import { words } from './words.js';

for (const time of document.querySelectorAll('time[datetime]')) time.textContent = minute(new Date(time.dateTime));

for (const avatar of document.querySelectorAll('.avatar')) paintAvatar(avatar, avatar.dataset);

const shown = document.querySelector('#shown');
const copy = document.querySelector('#copy');

if (shown) {
  shown.addEventListener('focus', () => shown.select());
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    await copyText(shown.value);
    shown.focus();
    copy.textContent = words.copied;
  });
}
