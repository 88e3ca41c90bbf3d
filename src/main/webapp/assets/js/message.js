// A message as the page knows it: {id, seq, rev, ref, author, body, at, edited, deleted}, whichever way it came here.
const CHANGES = ['message.posted', 'message.edited', 'message.deleted'];

/** Whether this event shows a message as it now is. */
export const isChange = ({ type }) => CHANGES.includes(type);

export const messageOf = ({ type, id, seq, rev, ref, author, body = '', at }) => ({
  id, seq, rev, ref, author, body,
  at: new Date(at),
  edited: type === 'message.edited',
  deleted: type === 'message.deleted',
});

/** The message in a row that the server has rendered. */
export function messageIn(row) {
  const deleted = row.classList.contains('deleted');
  return {
    id: row.dataset.id,
    seq: Number(row.dataset.seq),
    rev: Number(row.dataset.rev),
    ref: row.dataset.ref,
    author: { id: row.dataset.author, name: row.querySelector('bdi').textContent },
    body: deleted ? '' : row.querySelector('.body').textContent,
    at: new Date(row.querySelector('time').dateTime),
    edited: !row.querySelector('.edited').hidden,
    deleted,
  };
}

/** The message as this draft wants it. */
export const amended = (message, { type, body }) =>
  type === 'message.delete' ? { ...message, body: '', deleted: true } : { ...message, body, edited: true };

/** A message with the new text its author has given it, stored or not; a deletion shows when it is stored. */
export const shown = ({ message, change }) =>
  change?.type === 'message.edit' && !message.deleted ? amended(message, change) : message;
