// Every sentence that scripts show. What the server renders stands in the views.
const language = document.documentElement.lang;
const number = new Intl.NumberFormat(language);
const plural = new Intl.PluralRules(language);
const count = (n, forms) => `${number.format(n)} ${forms[plural.select(n)] ?? forms.other}`;

export const words = {
  roomNameEmpty: 'Type the name of a room first, for example lobby.',
  roomNameSlash: 'A room name cannot contain a slash or a backslash.',
  roomNameDots: 'A room cannot be called “.” or “..”.',
  roomNameControl: 'A room name cannot contain control characters.',
  roomNameLong: (n, most) => `A room name has at most ${most} characters; this one has ${number.format(n)}.`,

  connection: {
    connecting: 'Connecting…',
    live: 'Live',
    reconnecting: 'Reconnecting…',
    closed: 'Closed',
  },
  lastUpdate: (time) => `last update ${time}`,
  offline: 'You are offline. What you write is sent when the network is back.',
  closed: 'The server has closed this room for you.',
  signOutLoses: (n) => `${count(n, { one: 'message is', other: 'messages are' })} not sent yet. Sign out and lose ${n === 1 ? 'it' : 'them'}?`,
  retryNow: 'Retry now',
  reload: 'Reload the page',

  sending: 'Sending…',
  notSent: 'Not sent.',
  saving: 'Saving…',
  notSaved: 'Not saved.',
  deleting: 'Deleting…',
  notDeleted: 'Not deleted.',
  retry: 'Retry',
  discard: 'Discard',
  deleteThis: 'Delete this message?',
  delete: 'Delete',
  keep: 'Keep',
  deleted: 'Message deleted',
  utterance: (name, time, text) => `${name}, ${time}: ${text}`,
  tooLong: (n, most) =>
    `The message has ${number.format(n)} characters, ${number.format(most)} are possible. Please shorten it.`,
  tooLarge: 'The message is too large. Please shorten it.',
  tooManyWaiting: (n) => `${count(n, { one: 'message is', other: 'messages are' })} waiting to be sent. Please wait until they have left.`,

  number: (n) => number.format(n),
  peopleHere: (n) => `People, ${number.format(n)} here`,
  morePeople: (n) => `and ${number.format(n)} more`,
  you: '(you)',
  away: 'away',
  typing: (names) => {
    const [first, second, third] = names.map((name) => `\u2068${name}\u2069`); // isolated, whichever way it is written
    if (third) return 'Several people are typing…';
    if (second) return `${first} and ${second} are typing…`;
    return first ? `${first} is typing…` : '';
  },

  older: 'Show older messages',
  loadingOlder: 'Loading older messages…',
  newMessages: (n) => count(n, { one: 'new message', other: 'new messages' }),
  moreMessages: (n) => count(n, { one: 'more message', other: 'more messages' }),
  said: (name, text) => `${name}: ${text}`,
};
