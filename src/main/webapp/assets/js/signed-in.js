// Whether this page still belongs to whom it was made for.
import { call } from './api.js';
import { storageKey } from './page.js';
import { stored } from './storage.js';
import { words } from './words.js';

const REFUSED = 1006; // the close code of a handshake that did not succeed
const SIGNED_OUT = 4501; // and that of a connection whose session has ended
const REPLACED = 4999; // not the server's: this page has to go
const PERSON = storageKey('person'); // who has opened a page last: {id, name}

/** Ends the connection for good when the server takes us for somebody else; tells whether it does. */
export function endIfStranger(connection, events, you) {
  const stranger = events.find((event) => event.you && event.you.id !== you.id)?.you;
  if (stranger) end(connection, stranger);
  return Boolean(stranger);
}

/** A refused handshake does not say why: when a member cannot connect, this finds out, and ends the connection for good. */
export async function endIfSignedOut(connection, you) {
  if (you.guest || connection.code !== REFUSED) return;
  try {
    const me = await call('GET', 'me');
    if (me.id !== you.id) end(connection, { ...me, guest: me.role === 'GUEST' });
  } catch (problem) {
    if (problem.status === 401) connection.end(SIGNED_OUT);
  }
}

/** Ends the connection for good when somebody else has signed in and opened a page of this browser, while the session of this one may go on. */
export function endIfReplaced(connection, you) {
  const { id, name, guest } = you;
  if (!guest) stored(() => localStorage.setItem(PERSON, JSON.stringify({ id, name })));
  addEventListener('storage', ({ key, newValue }) => {
    const person = key === PERSON && stored(() => JSON.parse(newValue));
    if (person && person.id !== id) end(connection, person);
  });
}

/** Who has no session any more is a guest. */
function end(connection, { name, guest }) {
  if (guest) connection.end(SIGNED_OUT);
  else connection.end(REPLACED, words.signedInAs(name));
}
