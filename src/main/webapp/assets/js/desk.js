// The pages of an account and of administrators: they work without this; here is what only a browser knows.
import { paintAvatar } from './avatar.js';
import './sign-out.js';
import { minute } from './time.js';

for (const time of document.querySelectorAll('time[datetime]')) time.textContent = minute(new Date(time.dateTime));

for (const avatar of document.querySelectorAll('.avatar')) paintAvatar(avatar, avatar.dataset);

const link = document.querySelector('#link');
const copy = document.querySelector('#copy');

if (link) {
  link.addEventListener('focus', () => link.select());
  copy.hidden = !navigator.clipboard; // which pages have over TLS and on this machine only
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(link.value);
    copy.textContent = 'Copied';
  });
}
