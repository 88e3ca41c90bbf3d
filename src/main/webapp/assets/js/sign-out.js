// Whoever signs out takes along what this browser keeps of their unsent words.
import { countDrafts, forgetDrafts } from './draft-store.js';
import { words } from './words.js';

const isGuest = (user) => user.startsWith('g-');

for (const form of document.querySelectorAll('form.sign-out')) {
  const { user } = form.dataset;
  forgetDrafts((other) => other !== user && !isGuest(other)); // of members whose session ended elsewhere
  form.addEventListener('submit', (event) => {
    const unsent = countDrafts(user);
    if (unsent && !confirm(words.signOutLoses(unsent))) event.preventDefault();
    else forgetDrafts((other) => other === user);
  });
}
