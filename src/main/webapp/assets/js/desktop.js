// Whether messages may be shown on the desktop of this computer: what the browser allows, and what its user wants.
import { storageKey } from './page.js';
import { stored } from './storage.js';

const KEY = storageKey('desktop');

/** insecure or unsupported (never here), blocked (by the browser), off, or on. */
export function desktopState() {
  if (!window.isSecureContext) return 'insecure';
  if (!('Notification' in window) || !navigator.locks || chosen() === 'impossible') return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && chosen() === 'on' ? 'on' : 'off';
}

/** Asks the browser, which asks its user; only ever by their click. */
export async function turnOn() {
  if (await Notification.requestPermission() === 'granted') stored(() => localStorage.setItem(KEY, 'on'));
}

export function turnOff() {
  stored(() => localStorage.removeItem(KEY));
}

/** The browser said that it can and has failed: it is not asked again. */
export function giveUp() {
  stored(() => localStorage.setItem(KEY, 'impossible'));
}

/** on, impossible, or nothing yet. */
const chosen = () => stored(() => localStorage.getItem(KEY));
