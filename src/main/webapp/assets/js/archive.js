// The history where there is no socket: an archived room is read by REST.
import { at, call } from './api.js';

/** The page that this frame asks for, as the socket would answer. */
async function fetchBacklog(room, { before, after, limit }) {
  const query = new URLSearchParams({ limit, ...(before && { before }), ...(after && { after }) });
  const messages = await call('GET', `${at`rooms/${room}/messages`}?${query}`);
  const whole = messages.length === limit;
  return { type: 'backlog.page', messages, before: whole ? messages[0].seq : undefined, after: whole && after ? messages.at(-1).seq : undefined };
}

/** Gives what asks for history: by the socket, or in an archived room without one. @param on {history(), announce(sentence)} */
export const historyOf = (room, connection, on) => (frame) => {
  if (!room.archived) return connection.send(frame);
  fetchBacklog(room.name, frame).then((page) => on.history().page(page), ({ message }) => {
    on.history().failed({ code: 'cursor' });
    on.announce(message);
  });
  return true;
};
