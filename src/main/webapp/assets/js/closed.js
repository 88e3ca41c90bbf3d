// What becomes of the page when the server has closed the room to us for good.
import { lobbyAddress, signInAddress } from './page.js';
import { words } from './words.js';

const CODES = { 4501: 'signed_out', 4504: 'room_name', 4505: 'removed', 4509: 'archived' };

/** The code of the fault behind a close code, as far as the page says something of its own about it. */
export const faultOf = (closeCode) => CODES[closeCode] ?? '';

/** What the banner offers then: [label, action]; nothing is wrong with an archived room. */
export function wayOut(fault) {
  switch (fault) {
    case 'archived': return undefined;
    case 'signed_out': return [words.signInAgain, () => location.assign(signInAddress())];
    case 'removed': case 'room_name': return [words.backToRooms, () => location.assign(lobbyAddress())];
    default: return [words.reload, () => location.reload()];
  }
}
