import { call } from './api.js';
import { roomAddress } from './page.js';

/** Opens the conversation with somebody. */
export async function talkTo(person) {
  const room = await call('POST', 'direct', { person });
  location.assign(roomAddress(room.name));
}
