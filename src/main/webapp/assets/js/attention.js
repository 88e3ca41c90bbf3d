// What reaches people who do not look at the log: screen readers, and the title and icon of the tab.
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

/** The count in the title and on the icon: of what asks for a member, of unseen messages for guests; a dot says that there is more. */
export class TabCount {
  #title = document.title;
  #icon = document.querySelector('link[rel="icon"]');
  #plain = this.#icon.href;
  #count = 0;
  #more = false;

  set title(text) {
    this.#title = text;
    this.#show();
  }

  set count(count) {
    if (count === this.#count) return;
    this.#count = count;
    this.#show();
  }

  /** Whether something is unread that asks for nobody. */
  set more(more) {
    if (more === this.#more) return;
    this.#more = more;
    this.#show();
  }

  get count() {
    return this.#count;
  }

  #show() {
    document.title = this.#count ? `(${words.badge(this.#count)}) ${this.#title}` : this.#title;
    const badge = this.#count ? numbered(this.#count) : DOT;
    this.#icon.href = this.#count || this.#more ? badged(badge) : this.#plain;
  }
}

const DOT = '<circle cx="25" cy="7" r="6" fill="#ffb84d" stroke="#1f5fd6" stroke-width="2"/>';

function numbered(count) {
  const text = count > 9 ? '9+' : String(count);
  return `<circle cx="21" cy="11" r="11" fill="#ffb84d"/><text x="21" y="16.5" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="${text.length > 1 ? 13 : 16}" fill="#261a00">${text}</text>`;
}

/** The icon of favicon.svg with a badge on it. */
function badged(badge) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5fd6"/>
<g fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"><path d="M6.5 25v-8.5a9.5 9.5 0 0 1 19 0V25"/><path d="M5 25h22"/></g>
${badge}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
