// Whoever signs out is asked and takes along what this browser keeps of their unsent words, sent off or not; when a session
// merely ends they stay for whom they belong to.
import { countDrafts, forgetDrafts } from './draft-store.js';
import { words } from './words.js';

const isGuest = (user) => user.startsWith('g-');

for (const form of document.querySelectorAll('form.sign-out')) {
  const { user } = form.dataset;
  forgetDrafts((other) => other !== user && !isGuest(other)); // of members whose session ended elsewhere
  form.addEventListener('submit', (event) => {
    const unsent = countDrafts(user);
    if (unsent && !confirm(words.signOutLoses(unsent))) event.preventDefault();
    else addEventListener('pagehide', () => forgetDrafts((other) => other === user)); // after the last words were kept
  });
}
