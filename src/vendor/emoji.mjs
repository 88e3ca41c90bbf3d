// Makes what the page needs to know of emoji from an unpacked emojibase-data, and writes down what it made from what:
//   node src/vendor/emoji.mjs <folder of the package>
// A newer version begins with this script; a change of its result by hand is found by VendoredTest.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const LANGUAGES = ['en', 'ru'];
const NEWEST = 15; // the version of Emoji; fonts of computers that are not new have no pictures of later ones
const COMPONENT = 2; // skin tones and hair are no emoji by themselves
const EMOJI_STYLE = '\uFE0F';

const source = process.argv[2];
const target = new URL('../main/webapp/assets/vendor/', import.meta.url);

const sourceJson = (path) => JSON.parse(readFileSync(`${source}/${path}`, 'utf8'));
const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const wordsOf = (text) => text.toLowerCase().split(/[^\p{L}\p{N}+-]+/u).filter(Boolean);

const groups = sourceJson('en/messages.json').groups;
const shortcodes = sourceJson('en/shortcodes/github.json'); // people have learned them in other chats
const english = new Map(sourceJson('en/data.json').map((emoji) => [emoji.hexcode, emoji]));

/** As Unicode recommends it: with the selector of the emoji style only where the text style is the usual one. */
function character({ emoji, type }) {
  return type === 1 && [...emoji].length === 2 ? emoji.replace(EMOJI_STYLE, '') : emoji;
}

/** What one may look for beyond the name. */
function keywords({ hexcode, label, tags = [] }) {
  const known = wordsOf(label);
  const all = [...tags, english.get(hexcode).label].flatMap(wordsOf);
  return [...new Set(all)].filter((word) => !known.includes(word)).join(' ');
}

const codes = ({ hexcode }) => [shortcodes[hexcode] ?? []].flat().join(' ');

function reduced(language) {
  const shown = sourceJson(`${language}/data.json`)
    .filter(({ group, version }) => group !== undefined && group !== COMPONENT && version <= NEWEST)
    .sort((one, other) => one.order - other.order);
  const byGroup = groups.filter(({ order }) => order !== COMPONENT).map(({ key, order }) => {
    const lines = shown.filter(({ group }) => group === order)
      .map((emoji) => JSON.stringify([character(emoji), emoji.label, keywords(emoji), codes(emoji)]));
    return `${JSON.stringify(key)}:[\n${lines.join(',\n')}\n]`;
  });
  return `{${byGroup.join(',\n')}}\n`;
}

const files = {};
for (const language of LANGUAGES) {
  const name = `emoji-${language}.json`;
  writeFileSync(new URL(name, target), reduced(language));
  files[name] = sha256(new URL(name, target));
}
const { name, version, license } = sourceJson('package.json');
const licence = `${license} AND Unicode-3.0`; // of the package, and of the names in it
const entry = { name, version, licence, made: 'src/vendor/emoji.mjs', files };
writeFileSync(new URL('lock.json', target), `${JSON.stringify([entry], undefined, 2)}\n`);
