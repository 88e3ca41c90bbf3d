// The rooms this browser was in lately.
import { roomAddress, storageKey } from './page.js';
import { RecentList } from './recent-list.js';

const MOST = 12;
const rooms = new RecentList(storageKey('rooms'), MOST);

export const recentRooms = () => rooms.all;
export const remember = (name) => rooms.add(name);
export const onRecentChange = (callback) => rooms.onChange(callback);

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
