// Emoji and what they are called in the language of the page; loaded when somebody first looks for one.
import { emojiAddress, storageKey } from './page.js';
import { language } from './language.js';
import { RecentList } from './recent-list.js';

const LANGUAGES = ['en', 'ru']; // in which there are names; elsewhere the first one's
const RECENT = 24; // are kept: some rows of the picker
const MISSED = Infinity;
const FAMILIAR = 0.5; // as far as what was used lately is at most: only what is called just this is nearer

const recent = new RecentList(storageKey('emoji'), RECENT);
let loaded;

/** Resolves to lists of {character, name} by the keys of words.emojiGroups. */
export function emojiGroups() {
  loaded ??= load().catch((problem) => {
    loaded = undefined; // to be tried again
    throw problem;
  });
  return loaded;
}

/** Those used lately, the last one first. */
export async function recentEmoji() {
  const all = await everyEmoji();
  return recent.all.flatMap((used) => all.find(({ character }) => character === used) ?? []);
}

export const used = ({ character }) => recent.add(character);

/** Those in whose names and keywords words begin like these, at most so many: what is called just this, what was used lately, the nearest. */
export async function findEmoji(text, most) {
  const terms = text.toLowerCase().split(/[\s_]+/).filter(Boolean);
  const latest = recent.all;
  const far = (emoji) => {
    const found = distance(emoji, terms);
    return found !== MISSED && latest.includes(emoji.character) ? Math.min(found, FAMILIAR) : found;
  };
  return (await everyEmoji())
    .map((emoji) => ({ emoji, distance: far(emoji) }))
    .filter((found) => found.distance !== MISSED)
    .sort((one, other) => one.distance - other.distance) // those of the same distance stay in their order
    .slice(0, most)
    .map(({ emoji }) => emoji);
}

async function load() {
  const [spoken] = language.split('-');
  const answer = await fetch(emojiAddress(LANGUAGES.includes(spoken) ? spoken : LANGUAGES[0]));
  if (!answer.ok) throw new Error(answer.statusText);
  const groups = Object.entries(await answer.json());
  return new Map(groups.map(([key, all]) => [key, all.map(([character, name, keywords, codes]) => ({
    character,
    name,
    codes: codes.split(' '),
    nameWords: name.toLowerCase().split(/[^\p{L}\p{N}+-]+/u),
    keywords: `${keywords} ${codes}`.split(/[ _]/),
  }))]));
}

const everyEmoji = async () => [...(await emojiGroups()).values()].flat();

/**
 * None when it is called just this, here or in other chats. Otherwise it sums up over what was typed: a whole word is near, the
 * beginning of one is not so near, and words of the name are nearer than others.
 */
const distance = ({ name, codes, nameWords, keywords }, terms) => terms.reduce((sum, term) => {
  if (name.toLowerCase() === terms.join(' ') || codes.includes(terms.join('_'))) return 0;
  if (nameWords.includes(term)) return sum + 1;
  if (keywords.includes(term)) return sum + 2;
  if (nameWords.some((word) => word.startsWith(term))) return sum + 3;
  return sum + (keywords.some((word) => word.startsWith(term)) ? 4 : MISSED);
}, 0);
