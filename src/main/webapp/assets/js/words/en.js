// The sentences of the scripts in English; those of every other language have the same names and parameters.
import { count, isolated, list, number, size } from '../language.js';
import { speak } from '../words.js';
import { habits } from './en-habits.js';

export const sentences = {
  ...habits,
  roomNameEmpty: 'Type the name of a room first, for example lobby.',
  roomNameSlash: 'A room name cannot contain a slash or a backslash.',
  roomNameDots: 'A room cannot be called “.” or “..”.',
  roomNameControl: 'A room name cannot contain control characters.',
  roomNameLong: (n, most) => `A room name has at most ${most} characters; this one has ${number(n)}.`,

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
    `The message has ${number(n)} characters, ${number(most)} are possible. Please shorten it.`,
  tooLarge: 'The message is too large. Please shorten it.',
  tooManyWaiting: (n) => `${count(n, { one: 'message is', other: 'messages are' })} waiting to be sent. Please wait until they have left.`,

  uploading: 'Sent when its files are uploaded.',
  cancel: 'Cancel',
  uploadOf: (name) => `Upload of ${name}`,
  removeFile: (name) => `Remove ${name}`,
  retryFile: (name) => `Retry ${name}`,
  uploaded: (name) => `${name} is uploaded.`,
  notUploaded: (name, why) => `${isolated(name)}: ${why}`,
  filesLost: (names) => `The page was closed before ${list(names)} had been uploaded. Retry sends the text alone.`,
  uploadBroken: 'The upload did not arrive. Try again.',
  fileEmpty: 'This file is empty.',
  fileTooLarge: (most) => `This file is too large: ${size(most)} are possible.`,
  tooManyFiles: (most) => `A message carries at most ${number(most)} files.`,
  filesFailed: 'One of the files was not uploaded. Retry or remove it first.',
  guestsSendNoFiles: 'Guests cannot send files. Sign in first.',
  placeOf: (n, of) => `${number(n)} of ${number(of)}`,

  peopleHere: (n) => `People, ${number(n)} here`,
  morePeople: (n) => `and ${number(n)} more`,
  you: '(you)',
  away: 'away',
  typing: (names) => {
    const [first, second, third] = names.map(isolated);
    if (third) return 'Several people are typing…';
    if (second) return `${first} and ${second} are typing…`;
    return first ? `${first} is typing…` : '';
  },

  older: 'Show older messages',
  loadingOlder: 'Loading older messages…',
  newMessages: (n) => count(n, { one: 'new message', other: 'new messages' }),
  toLatest: 'Jump to the latest',
  moreMessages: (n) => count(n, { one: 'more message', other: 'more messages' }),
  said: (name, text) => `${name}: ${text}`,
  newDivider: 'New',

  /** What happened to a room; names and texts go where the braces are. The server has the same sentences. */
  notes: {
    created: '{author} made this room',
    added: '{author} invited {subject}',
    joined: '{subject} joined',
    removed: '{author} removed {subject}',
    left: '{subject} left',
    role: {
      member: '{author} made {subject} a member',
      moderator: '{author} made {subject} a moderator',
      administrator: '{author} made {subject} an administrator',
    },
    renamed: '{author} renamed the room to {text}',
    topic: '{author} changed the topic to “{text}”',
    noTopic: '{author} removed the topic',
    closed: '{author} closed the room: only its members may enter',
    opened: '{author} opened the room: everybody may enter',
    archived: '{author} archived the room',
    unarchived: '{author} opened the archived room again',
    other: '{author} changed something in this room',
  },

  signInAgain: 'Sign in again',
  backToRooms: 'Back to the rooms',
  closedFor: {
    signed_out: 'You have been signed out. What you wrote is kept and sent once you are back.',
    removed: 'You were removed from this room.',
    room_name: 'This room is not there for you any more.',
  },
  cannotPost: {
    archived: 'This room is archived. You can read it, and nothing can be added.',
    removed: 'What you see here stays until you leave this page.',
    room_name: 'What you see here stays until you leave this page.',
    overseer: 'You see this room as an administrator of the site. Only its members write here.',
  },

  kinds: { open: 'open room', closed: 'closed room', direct: 'direct messages' },
  roles: { member: 'Member', moderator: 'Moderator', administrator: 'Administrator' },
  presence: { active: 'online', away: 'away', offline: 'offline' },
  unread: (n) => `${number(n)} unread`,
  mentions: (n) => count(n, { one: 'mention', other: 'mentions' }),
  failed: 'That did not work. Try again in a moment.',
  nobodyFound: 'Nobody of this name.',
  people: (n) => count(n, { one: 'person', other: 'people' }),
  takeOut: (name) => `Do not invite ${name}`,
  message: (name) => `Message ${name}`,
  roleOf: (name) => `Role of ${name}`,
  removeMember: (name) => `Remove ${name}`,
  removeThis: 'Remove them?',
  write: 'Message',
  members: (n) => count(n, { one: 'member', other: 'members' }),
  placeholder: (title) => `Message ${title}`,
  remove: 'Remove',
  yourself: 'you',
  questions: {
    leave: 'You leave the list of members, and the room leaves your list.',
    archive: 'Nobody can write here any more. Everything that was said stays readable.',
  },
  saved: 'Saved.',
  copied: 'Copied',
};

speak(sentences);
