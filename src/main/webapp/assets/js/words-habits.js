// Of the sentences in words.js those for what people bring along from other chats: being told, keys, names that complete themselves.

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
};
