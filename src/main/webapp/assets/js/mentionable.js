// Who can be mentioned in a room.
import { at, call } from './api.js';

/** Gives {people: [{id, handle, name, here}], room: whether @room counts}: a few whose handles or names begin with the text. */
export const mentionable = (room, text, signal = undefined) =>
  call('GET', `${at`rooms/${room.name}/mentionable`}?${new URLSearchParams({ query: text })}`, undefined, {}, signal);

/** Gives how the author of a message is mentioned by an answer in this room; nothing where that needs no mention, or cannot be. */
export async function mentionOf(author, room, you) {
  if (you.guest || author.id === you.id || room.kind === 'direct') return '';
  const { people } = await mentionable(room, author.name).catch(() => ({ people: [] }));
  const found = people.find(({ id }) => id === author.id);
  return found ? `@${found.handle}` : '';
}
