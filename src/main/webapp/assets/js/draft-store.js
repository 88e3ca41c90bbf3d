// Drafts in localStorage, one key each, so that tabs which write at the same time do not undo each other's work.
import { storageKey } from './page.js';
import { stored } from './storage.js';

const ORPHANED = 60_000; // ms after which another tab may take over what is still there

export class DraftStore {
  #prefix;
  #tab = tabId();

  constructor(user, room) {
    this.#prefix = storageKey(`outbox:${encodeURIComponent(user)}:${encodeURIComponent(room)}:`);
  }

  /** Whether the draft will survive this page. */
  save({ ref, type, body, message, attached, at, failure }) {
    return stored(() => {
      localStorage.setItem(this.#prefix + ref, JSON.stringify({ ref, type, body, message, attached, at, failure, tab: this.#tab }));
      return true;
    }) ?? false;
  }

  remove(ref) {
    stored(() => localStorage.removeItem(this.#prefix + ref));
  }

  /** What this tab wrote, and what tabs wrote that have most likely been closed; in the order of writing. */
  load() {
    const keys = stored(() => Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix))) ?? [];
    return keys
      .map((key) => stored(() => JSON.parse(localStorage.getItem(key))))
      .filter((draft) => typeof draft?.ref === 'string' && typeof draft.type === 'string')
      .filter(({ tab, at }) => tab === this.#tab || Date.now() - at > ORPHANED)
      .sort((a, b) => a.at - b.at);
  }

  /** Calls back with the ref of a draft that another tab has settled. */
  onRemoved(callback) {
    addEventListener('storage', ({ key, newValue }) => {
      if (newValue === null && key?.startsWith(this.#prefix)) callback(key.slice(this.#prefix.length));
    });
  }

  /** Calls back when tabs that had been alive when this one was opened may have been closed since. */
  onOrphans(callback) {
    setTimeout(callback, ORPHANED + 1_000);
  }
}

const KINDS = [storageKey('outbox:'), storageKey('text:')]; // what was sent off, and what stands in the boxes

/** Of whom this key keeps words; undefined for keys of anything else. */
function ownerOf(key) {
  const kind = KINDS.find((each) => key.startsWith(each));
  return kind && decodeURIComponent(key.slice(kind.length).split(':')[0]);
}

const keysOf = (chosen) =>
  stored(() => Object.keys(localStorage).filter((key) => ownerOf(key) !== undefined && chosen(ownerOf(key)))) ?? [];

/** Where the text in the box of this room is kept. */
export const textKey = (user, room) => `${KINDS[1]}${encodeURIComponent(user)}:${room}`;

/** How many drafts and texts of this user wait in this browser, in any room. */
export const countDrafts = (user) => keysOf((owner) => owner === user).length;

/** Drops the drafts and texts of these users, in all rooms. */
export const forgetDrafts = (chosen) => keysOf(chosen).forEach((key) => stored(() => localStorage.removeItem(key)));

/** Kept by a reload of this tab, not shared with others. */
function tabId() {
  const key = storageKey('tab');
  const id = stored(() => sessionStorage.getItem(key)) ?? String(Math.random());
  stored(() => sessionStorage.setItem(key, id));
  return id;
}
