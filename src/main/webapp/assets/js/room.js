// The room page: what the parts are and how they speak to each other.
import { announcer, titleCounter } from './attention.js';
import { paintAvatar } from './avatar.js';
import { Banner } from './banner.js';
import { Composer } from './composer.js';
import { Connection } from './connection.js';
import { Follow } from './follow.js';
import { MOST_WAITING, Outbox } from './outbox.js';
import { roomName, socketAddress } from './page.js';
import { onRecentChange, recentRooms, remember, showRooms } from './recent.js';
import { Timeline } from './timeline.js';
import { appendTo } from './transcript.js';
import { words } from './words.js';

const byId = (id) => document.getElementById(id);
const room = roomName();
const log = byId('log');
const follow = new Follow(log, byId('jump'));
const timeline = new Timeline(log);
const announce = announcer(byId('announcer'));
const countInTitle = titleCounter();
let you = { id: byId('me').dataset.id, name: byId('me').dataset.name };

const connection = new Connection(socketAddress(room), { events: receive, state: stateChanged });
const banner = new Banner(byId('banner'), connection);
const outbox = new Outbox((frame) => connection.send(frame), (draft) => {
  timeline.show(draft, you);
  follow.added(0);
});
const composer = new Composer(byId('chat-message-input'), byId('chat-message-submit'), byId('complaint'), post);

function post(text) {
  if (connection.state === 'closed') return words.notSent(words.closed);
  if (outbox.waiting >= MOST_WAITING) return words.tooManyWaiting(outbox.waiting);
  outbox.post(text);
  follow.toEnd();
}

// One frame carries many events; the page is touched once for all of them where that matters.
function receive(events) {
  const posted = events.filter((event) => event.type === 'message.posted');
  const others = posted.filter((message) => message.author.id !== you.id).length;
  events.forEach((event) => handlers.get(event.type)?.(event)); // types unknown here belong to later versions
  appendTo(byId('chat-log'), posted.map((message) => message.body));
  if (follow.atEnd) timeline.trim();
  follow.added(others);
  countInTitle(others);
}

const handlers = new Map([
  ['welcome', (event) => {
    you = event.you;
    composer.limits = event.limits ?? {};
    showMe();
    remember(room);
    connection.welcomed();
  }],
  ['message.posted', (message) => {
    const own = message.author.id === you.id;
    timeline.add(message, own ? outbox.confirm(message.ref)?.ref : undefined);
    if (!own) announce(message.author.name, message.body);
  }],
  ['failed', (event) => {
    if (outbox.get(event.ref)) outbox.fail(event);
    else composer.complain(event.detail);
  }],
]);

function stateChanged(state, reason) {
  const badge = byId('connection');
  badge.dataset.state = state;
  badge.firstElementChild.textContent = words.connection[state];
  banner.show(reason);
  if (state === 'live') outbox.flush();
  else if (state === 'closed') outbox.close(reason);
  else outbox.lost();
}

log.addEventListener('click', ({ target }) => {
  const action = target.closest('[data-do]')?.dataset.do;
  if (!action) return;
  const { ref } = target.closest('.msg').dataset;
  if (action === 'retry') {
    outbox.retry(ref);
    if (connection.state === 'closed') outbox.close(words.closed);
  } else {
    outbox.discard(ref);
    timeline.discard(ref);
  }
  composer.focus(); // the button that had the focus is gone
});

function showMe() {
  paintAvatar(byId('me').querySelector('.avatar'), you);
  byId('me').querySelector('bdi').textContent = you.name;
}

// By name, not by time: a list that people click in should stay where it is.
function showRecent() {
  const names = [...new Set([room, ...recentRooms()])].sort((a, b) => a.localeCompare(b));
  showRooms(byId('recent-rooms'), names, room);
}

addEventListener('beforeunload', (event) => {
  if (outbox.unsaved) event.preventDefault();
});

showMe();
showRecent();
onRecentChange(showRecent);
connection.open();
