// Where this page lives: every address is built here, so that any context root works.
const context = document.documentElement.dataset.context ?? ''; // Faces leaves an empty attribute out

export const roomAddress = (name) => `${context}/chat/${encodeURIComponent(name)}/`;

/** The page of a room around one of its messages. */
export const messageAddress = (room, id) => `${roomAddress(room)}?message=${id}`;

export const lobbyAddress = () => `${context}/chat/`;

/** Where one signs in, to come back to this page. */
export const signInAddress = () => `${context}/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;

/** @param place {epoch, after}: the last change seen, from which the server goes on */
export function socketAddress(name, place) {
  const query = place?.epoch ? `?epoch=${encodeURIComponent(place.epoch)}&after=${encodeURIComponent(place.after)}` : '';
  return `${sockets()}/ws/chat/${encodeURIComponent(name)}/${query}`;
}

/** Where the server tells who is in a room. */
export const presenceAddress = (name) => `${context}/api/v1/rooms/${encodeURIComponent(name)}/presence`;

const api = `${context}/api/v1`;

/** Where a file of a message is. */
export const fileAddress = ({ id, name }) => `${api}/files/${id}/${encodeURIComponent(name)}`;

export const thumbnailAddress = (file) => `${fileAddress(file)}/thumbnail`;

/** Where a file of this name is sent to be posted in a room. */
export const uploadAddress = (room, name) =>
  `${api}/rooms/${encodeURIComponent(room)}/files?name=${encodeURIComponent(name)}`;

/** Where the names of emoji in this language are. */
export const emojiAddress = (language) => new URL(`../vendor/emoji-${language}.json`, import.meta.url); // of this version, as the scripts

/** Where a person hears of all their rooms. */
export const ownSocketAddress = () => `${sockets()}/ws/me`;

const sockets = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${context}`;

export const storageKey = (what) => `foyer:${context}:${what}`;

/** The name of the room this page shows. */
export const roomName = () => JSON.parse(document.getElementById('room-name').textContent);
