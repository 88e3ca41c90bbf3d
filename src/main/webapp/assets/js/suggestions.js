// What is offered after @, # and : in the box: people who can be mentioned here, rooms, and emoji.
import { newIcon } from './icon.js';
import { mentionable } from './mentionable.js';
import { newOption, personOption } from './options.js';
import { words } from './words.js';

const MOST = 8;
const PAUSE = 150; // ms after the last key
const ALL = 'room';

/** @param room the room that is open; @param rooms gives the rooms of the reader, as the stream tells of them */
export const suggestions = (room, rooms, you) => ({
  async '@'(typed, signal) {
    if (you.guest) return []; // guests learn nothing of who has an account
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    signal.throwIfAborted();
    const { people, room: all } = await mentionable(room, typed, signal);
    const offered = people.map((person) => ({ option: personOption(person), text: `@${person.handle}` }));
    const everybody = { option: newOption(newIcon('people'), `@${ALL}`, words.everybodyHere), text: `@${ALL}` };
    return all && ALL.startsWith(typed.toLowerCase()) ? [...offered, everybody] : offered;
  },

  async '#'(typed) {
    return rooms()
      .filter(({ kind, room: name }) => kind !== 'direct' && name.toLowerCase().includes(typed.toLowerCase()))
      .slice(0, MOST)
      .map(({ kind, room: name, topic }) => ({ option: newOption(newIcon(kind === 'closed' ? 'lock' : 'hash'), name, topic), text: `#${name}` }));
  },

  async ':'(typed) {
    const { findEmoji, used } = await import('./emoji.js');
    const found = await findEmoji(typed, MOST);
    return found.map((emoji) => ({ option: emojiOption(emoji), text: emoji.character, taken: () => used(emoji) }));
  },
});

function emojiOption({ character, name }) {
  const sign = Object.assign(document.createElement('span'), { className: 'emoji', textContent: character });
  return newOption(sign, name);
}
