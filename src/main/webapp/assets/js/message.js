// A message as the page knows it: {id, seq, rev, ref, author, body, html, files, at, edited, deleted}, whichever way it came here.
// A note of what happened to the room has {note, subject, text} instead of a body.
import { filesIn } from './files.js';

const CHANGES = ['message.posted', 'message.edited', 'message.deleted', 'room.noted'];

/** Whether this event shows a message as it now is. */
export const isChange = ({ type }) => CHANGES.includes(type);

export const messageOf = ({ type, id, seq, rev, ref, author, body = '', html, files, at, note, subject, text }) => ({
  id, seq, rev, ref, author, body, html, files,
  at: new Date(at),
  edited: type === 'message.edited',
  deleted: type === 'message.deleted',
  ...(note && { note, subject, text }),
});

/** The message in a row that the server has rendered. */
export function messageIn(row) {
  const { id, seq, rev, ref, author, note, subject, text } = row.dataset;
  const deleted = row.classList.contains('deleted');
  const place = { id, seq: Number(seq), rev: Number(rev), at: new Date(row.querySelector('time').dateTime) };
  if (note) {
    const { authorName, subjectName } = row.dataset;
    const about = subject && { id: subject, name: subjectName };
    return { ...place, author: { id: author, name: authorName }, body: '', note, subject: about, text };
  }
  const said = row.querySelector('.body');
  return {
    ...place,
    ref,
    author: { id: author, name: row.querySelector('bdi').textContent },
    body: deleted ? '' : said.dataset.source ?? said.textContent,
    html: said.matches('.formatted') ? said.innerHTML : undefined,
    files: filesIn(row),
    edited: !row.querySelector('.edited').hidden,
    deleted,
  };
}

/** The message as this draft wants it. */
export const amended = (message, { type, body }) =>
  type === 'message.delete'
    ? { ...message, body: '', html: undefined, files: [], deleted: true }
    : { ...message, body, html: undefined, edited: true }; // the server formats it

/** A message with the new text its author has given it, stored or not; a deletion shows when it is stored. */
export const shown = ({ message, change }) =>
  change?.type === 'message.edit' && !message.deleted ? amended(message, change) : message;

/** What can be said of it in a line of text: where there is none, what its files are called. */
export const spoken = ({ body, files = [] }) => (body.trim() || !files.length ? body : files.map(({ name }) => name).join('\n'));
