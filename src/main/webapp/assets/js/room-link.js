// One room in a list of rooms: its link, what is unread there, and how that is said.
import { isMuted } from './level.js';
import { roomAddress } from './page.js';
import { words } from './words.js';

export const titleOf = ({ room, with: partner }) => partner?.name ?? room;

export function newRoomLink() {
  return document.getElementById('room-link').content.firstElementChild.cloneNode(true);
}

/** @param entry {room, kind, with, notifications, unread, mentions, presence, archived} */
export function paintRoomLink(item, entry, current) {
  const link = item.querySelector('a');
  const { room, kind, unread = 0, mentions = 0 } = entry;
  const counts = room === current ? { unread: 0, mentions: 0 } : { unread, mentions };
  item.dataset.room = room;
  link.href = roomAddress(room);
  link.dataset.kind = kind;
  if (kind === 'direct') link.dataset.presence = entry.presence ?? 'offline';
  link.toggleAttribute('data-archived', Boolean(entry.archived));
  if (room === current) link.setAttribute('aria-current', 'page');
  else link.removeAttribute('aria-current');
  const muted = isMuted(entry);
  link.classList.toggle('muted', muted);
  link.classList.toggle('unread', counts.unread > 0 && !muted);
  write(link.querySelector('bdi'), titleOf(entry));
  write(link.querySelector('.sr'), spoken(entry, counts));
  badge(link.querySelector('.badge'), counts.mentions ? `@ ${words.badge(counts.mentions)}` : counts.unread && words.badge(counts.unread), counts.mentions > 0 && !muted);
}

/** What eyes see as colour, weight and badges: "ops, closed room, 3 unread, 1 mention". */
function spoken(entry, { unread, mentions }) {
  const { kind, presence } = entry;
  const what = kind === 'direct' ? words.presence[presence ?? 'offline'] : kind === 'closed' && words.kinds.closed;
  const parts = [what, isMuted(entry) && words.muted, unread > 0 && words.unread(unread), mentions > 0 && words.mentions(mentions)].filter(Boolean);
  return parts.map((part) => `, ${part}`).join('');
}

function badge(element, text, loud) {
  element.hidden = !text;
  element.classList.toggle('loud', loud);
  write(element, text || '');
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
