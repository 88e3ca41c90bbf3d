// The room page: what the parts are and how they speak to each other.
import { historyOf } from './archive.js';
import { announcer } from './attention.js';
import { Autocomplete } from './autocomplete.js';
import { paintAvatar } from './avatar.js';
import { Banner } from './banner.js';
import { faultOf } from './closed.js';
import { Company } from './company.js';
import { Connection } from './connection.js';
import { keepDayNames } from './day-line.js';
import { Feed } from './feed.js';
import { Follow } from './follow.js';
import { History } from './history.js';
import { Later } from './later.js';
import { setLimits } from './limits.js';
import { spoken } from './message.js';
import { sentenceOf } from './note.js';
import { roomName, socketAddress } from './page.js';
import { RoomState } from './room-state.js';
import { rowActions } from './row-actions.js';
import { Seen } from './seen.js';
import { Shell } from './shell.js';
import { onShortcut } from './shortcuts.js';
import { endIfReplaced, endIfSignedOut, endIfStranger } from './signed-in.js';
import { Timeline } from './timeline.js';
import './sign-out.js';
import { suggestions } from './suggestions.js';
import { appendTo } from './transcript.js';
import { showWanted } from './wanted.js';
import { words } from './words.js';
import { Writing } from './writing.js';

const byId = (id) => document.getElementById(id);
const log = byId('log');
const rows = byId('rows');
const me = byId('me');
const you = { id: me.dataset.id, name: me.dataset.name, guest: 'guest' in me.dataset };

const room = new RoomState(roomName(), { changed: roomChanged });
you.moderates = room.may('moderate');
const shell = new Shell(you, room);
const timeline = new Timeline(rows, byId('edge'), you);
log.classList.add('ready');
const follow = new Follow(log, byId('jump'), { latest });
const announce = announcer(byId('announcer'));
const connection = new Connection(() => socketAddress(room.name, feed.seen), {
  events: (events) => endIfStranger(connection, events, you) || feed.receive(events),
  state: stateChanged,
});
const banner = new Banner(byId('banner'), connection);
const writing = new Writing({
  rows, timeline, connection, you, room: room.name,
  input: byId('chat-message-input'), submit: byId('chat-message-submit'), complaint: byId('complaint'),
}, { changed: () => rowsChanged(0), written: latest, announce }, rowActions({ rows, timeline, room, you }, {
  quote: (paragraph, mention) => writing.quote(paragraph, mention),
  turnBack: (seq) => seen.turnBack(seq),
  tell: announce,
}));
new Autocomplete(byId('chat-message-input'), byId('suggestions'), byId('suggested'), suggestions(room, () => shell.rooms, you));
const { outbox } = writing;
const history = new History({ log, rows, button: byId('older'), beginning: byId('beginning'), timeline }, {
  send: historyOf(room, connection, { history: () => history, announce }),
  old: (events) => feed.old(events),
  live: (events) => feed.live(events),
  replaced: () => follow.replaced(),
  detached: (detached) => { follow.detached = detached; },
});
follow.detached = history.detached;
const company = new Company(room.name, you, (frame) => connection.send(frame));
const feed = new Feed({ epoch: log.dataset.epoch, after: Number(log.dataset.head) }, { timeline, outbox, history, company }, {
  welcome,
  caughtUp: () => connection.welcomed(),
  news,
  noted: (note) => { room.noted(note, you); details?.part?.refresh(); },
  complaint: (sentence) => writing.complain(sentence),
});
const { head, seen: place = head } = log.dataset; // who comes for the first time begins at the end
const seen = new Seen(rows, { seen: Number(place), head: Number(head) }, {
  reading: () => follow.atEnd,
  send: (frame) => !you.guest && connection.send(frame),
});
const details = byId('details') && new Later(async () => new (await import('./details.js')).Details(byId('details'), room, you));
byId('show-details')?.addEventListener('click', () => details.open());

/** Brings the end of the room into view. */
function latest() {
  if (history.detached) history.toLatest();
  else follow.toEnd();
}

function rowsChanged(fromOthers) {
  history.trim(follow.atEnd ? 'oldest' : 'newest');
  follow.added(fromOthers);
  writing.refresh();
  seen.rowsChanged(history.complete);
}

function welcome(event) {
  setLimits(event.limits);
  showMe(event.you);
  if (event.room !== room.name) room.become({ name: event.room });
  shell.entered();
}

/** One frame brings many messages; the page is touched once for all of them where that matters. */
function news(messages) {
  const notes = messages.filter(({ note }) => note);
  const said = messages.filter(({ note }) => !note);
  const others = said.filter((message) => !timeline.isOwn(message));
  appendTo(byId('chat-log'), said.map(spoken));
  others.forEach((message) => announce(words.said(message.author.name, spoken(message))));
  notes.filter(({ author }) => author.id !== you.id).forEach((note) => announce(sentenceOf(note)));
  rowsChanged(others.length);
  shell.arrived(others.length);
}

function roomChanged() {
  you.moderates = room.may('moderate');
  timeline.repaint();
  shell.changed();
  shell.tab.title = words.tabTitle(room);
}

function stateChanged(state, reason) {
  const fault = state === 'closed' ? faultOf(connection.code) : '';
  const badge = byId('connection');
  badge.dataset.state = state;
  badge.firstElementChild.textContent = words.connection[state];
  banner.show();
  company[state === 'live' ? 'live' : 'lost']();
  if (fault && fault !== 'signed_out') room.refuse(fault);
  writing.connectionIs(state, fault, reason);
  if (state === 'connecting' || state === 'reconnecting') endIfSignedOut(connection, you);
}

function showMe(user) {
  paintAvatar(me.querySelector('.avatar'), user);
  me.querySelector('bdi').textContent = user.name;
}

showMe(you);
keepDayNames(rows);
outbox.load();
if (showWanted(rows)) follow.look();
else follow.toEnd();
onShortcut({ End: latest });
log.addEventListener('scroll', () => seen.read(), { passive: true });
rowsChanged(0);
if (!room.archived) connection.open();
endIfReplaced(connection, you);
