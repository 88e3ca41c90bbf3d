// Of the sentences in en.js those for what people bring along from other chats: being told, keys, names that complete themselves.
import { count } from '../language.js';

export const habits = {
  saidIn: (name, room) => `${name} in #${room}`,
  desktop: {
    insecure: 'Your browser shows notifications only for pages that came by https, and this one did not. Ask your administrator for such an address.',
    unsupported: 'Your browser cannot show notifications.',
    blocked: 'Your browser blocks notifications of this site. Allow them in its settings for this address.',
    off: 'While you look elsewhere, what you want to be told of can appear on your desktop. Your browser will ask whether it may.',
    on: 'While you look elsewhere, what you want to be told of appears on your desktop.',
  },
  desktopTurn: { off: 'Show notifications', on: 'Show none' },
  muted: 'muted',

  linkCopied: 'The link to this message is copied.',
  unreadFromHere: 'From this message on all is unread again.',
  switcher: { rooms: 'Rooms', people: 'People', actions: 'Actions' },
  enterRoom: (name) => `Enter “${name}”`,
  everybodyHere: 'everybody in this room',
  found: (n) => count(n, { one: 'suggestion', other: 'suggestions' }),
  /** By what on the page does it. */
  actions: {
    '#new-room': 'Make a room',
    '#new-message': 'New message',
    '.everybody': 'All people',
    '#show-details': 'About this room',
    '#bell': 'Notifications of this room',
    '#people-toggle': 'Show or hide who is here',
    '#theme-toggle': 'Light or dark theme',
    '[data-open="help"]': 'Keys',
    '.my-account': 'Your account',
    '.sign-out button': 'Sign out',
  },

  /** By the keys of the groups in assets/vendor. */
  emojiGroups: {
    recent: 'Recently used',
    'smileys-emotion': 'Smileys',
    'people-body': 'People',
    'animals-nature': 'Animals and nature',
    'food-drink': 'Food and drink',
    'travel-places': 'Travel and places',
    activities: 'Activities',
    objects: 'Objects',
    symbols: 'Symbols',
    flags: 'Flags',
  },
  noEmoji: 'No emoji of this name.',

  signedInAs: (name) => `You are signed in as ${name} now.`,
};
