// Every sentence that scripts show, in the language of the page. The page loads those of its language first: words/en.js or
// words/ru.js, by a script of its own, since one that waited for them would let the page be used before its keys work.
import { number, size } from './language.js';

export const words = {
  number,
  size,
  badge: (n) => (n > 99 ? '99+' : number(n)),
  tabTitle: ({ kind, title }) => `${kind === 'direct' ? '' : '#'}${title} – Foyer`,
};

/** Called once, before any other script runs. */
export const speak = (sentences) => Object.assign(words, sentences);
