// Where this page lives: every address is built here, so that any context root works.
const context = document.documentElement.dataset.context ?? ''; // Faces leaves an empty attribute out

export const roomAddress = (name) => `${context}/chat/${encodeURIComponent(name)}/`;

export const socketAddress = (name) =>
  `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${context}/ws/chat/${encodeURIComponent(name)}/`;

export const storageKey = (what) => `foyer:${context}:${what}`;

/** The name of the room this page shows. */
export const roomName = () => JSON.parse(document.getElementById('room-name').textContent);
