// The history where there is no socket: an archived room is read by REST.
import { at, call } from './api.js';

/** The page that this frame asks for, as the socket would answer. */
export async function fetchBacklog(room, { before, limit }) {
  const query = new URLSearchParams({ limit, ...(before && { before }) });
  const messages = await call('GET', `${at`rooms/${room}/messages`}?${query}`);
  return { type: 'backlog.page', messages, before: messages.length === limit ? messages[0].seq : undefined };
}
