// Whether this page still belongs to whom it was made for.
import { call } from './api.js';

const REFUSED = 1006; // the close code of a handshake that did not succeed

/** The close code that says so. */
export const SIGNED_OUT = 4501;

/** The server takes us for somebody else: a session has ended, and who has none is a guest, or somebody else signed in. */
export const isStranger = (events, you) =>
  events.some((event) => event.type === 'welcome' && event.you.id !== you.id);

/** A refused handshake does not say why: when a member cannot connect, this finds out, and ends the connection for good. */
export async function endIfSignedOut(connection, you) {
  if (you.guest || connection.code !== REFUSED) return;
  try {
    const me = await call('GET', 'me');
    if (me.id !== you.id) connection.end(SIGNED_OUT);
  } catch (problem) {
    if (problem.status === 401) connection.end(SIGNED_OUT);
  }
}
