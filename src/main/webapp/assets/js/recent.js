// The rooms this browser was in lately, newest first, kept in localStorage.
import { roomAddress, storageKey } from './page.js';

const KEY = storageKey('rooms');
const MOST = 12;

export function recentRooms() {
  try {
    const names = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return []; // storage is forbidden or holds something else
  }
}

export function remember(name) {
  try {
    localStorage.setItem(KEY, JSON.stringify([name, ...recentRooms().filter((other) => other !== name)].slice(0, MOST)));
  } catch {
    // storage is forbidden or full: the list is a convenience only
  }
}

export function showRooms(list, names, current) {
  list.replaceChildren(...names.map((name) => {
    const link = document.createElement('a');
    link.href = roomAddress(name);
    if (name === current) link.setAttribute('aria-current', 'page');
    link.appendChild(document.createElement('bdi')).textContent = name;
    const item = document.createElement('li');
    item.append(link);
    return item;
  }));
}

/** Calls back when another tab has changed the list. */
export function onRecentChange(callback) {
  addEventListener('storage', (event) => {
    if (event.key === KEY) callback();
  });
}
