// What reaches people who do not look at the log: screen readers, and the title of a hidden tab.
import { words } from './words.js';

const WINDOW = 2_000; // ms
const SPOKEN = 3; // messages read out in one window; the rest is counted
const KEPT = 6; // lines that stay in the region, so that none is cut off while it is read

/** Gives a function that reads sentences out, and more than three in two seconds as a count. */
export function announcer(region) {
  let spoken = 0;
  let held = 0;
  const say = (text) => {
    region.appendChild(document.createElement('p')).textContent = text;
    while (region.childElementCount > KEPT) region.firstElementChild.remove();
  };
  return (sentence) => {
    if (spoken === 0) {
      setTimeout(() => {
        if (held) say(words.moreMessages(held));
        spoken = held = 0;
      }, WINDOW);
    }
    if (++spoken <= SPOKEN) say(sentence);
    else held++;
  };
}

/** Gives a function that counts messages in the title while the tab is hidden. */
export function titleCounter() {
  const title = document.title;
  let unread = 0;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    unread = 0;
    document.title = title;
  });
  return (count) => {
    if (!document.hidden || count === 0) return;
    unread += count;
    document.title = `(${unread}) ${title}`;
  };
}
