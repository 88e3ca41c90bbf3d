// The room page: what the parts are and how they speak to each other.
import { announcer, titleCounter } from './attention.js';
import { paintAvatar } from './avatar.js';
import { Banner } from './banner.js';
import { Company } from './company.js';
import { Composer } from './composer.js';
import { Connection } from './connection.js';
import { DraftStore } from './draft-store.js';
import { Editing } from './editing.js';
import { Feed } from './feed.js';
import { Follow } from './follow.js';
import { History } from './history.js';
import { setLimits } from './limits.js';
import { MOST_WAITING, Outbox } from './outbox.js';
import { roomName, socketAddress } from './page.js';
import { remember, showRoomsAround } from './recent.js';
import { RowKeys } from './row-keys.js';
import { failureOf } from './row.js';
import { Timeline } from './timeline.js';
import './sign-out.js';
import { appendTo } from './transcript.js';
import { words } from './words.js';

const byId = (id) => document.getElementById(id);
const room = roomName();
const log = byId('log');
const rows = byId('rows');
const me = byId('me');
const you = { id: me.dataset.id, name: me.dataset.name };

const timeline = new Timeline(rows, byId('edge'), you);
log.classList.add('ready');
const follow = new Follow(log, byId('jump'));
const announce = announcer(byId('announcer'));
const countInTitle = titleCounter();
const connection = new Connection(() => socketAddress(room, feed.seen), {
  events: (events) => feed.receive(events),
  state: stateChanged,
});
const banner = new Banner(byId('banner'), connection);
const send = (frame) => connection.send(frame);
const outbox = new Outbox(new DraftStore(you.id, room), {
  send,
  changed: draftChanged,
  stored: (ref) => timeline.stored(ref),
});
const history = new History({ log, button: byId('older'), beginning: byId('beginning'), timeline }, {
  send,
  old: (events) => feed.old(events),
  live: (events) => feed.live(events),
  replaced: () => follow.toEnd(),
});
const company = new Company(room, you, send);
const feed = new Feed({ epoch: log.dataset.epoch, after: Number(log.dataset.head) }, { timeline, outbox, history, company }, {
  welcome,
  caughtUp: () => connection.welcomed(),
  news,
  complaint: (sentence) => composer.complain(sentence),
});
const composer = new Composer(byId('chat-message-input'), byId('chat-message-submit'), byId('complaint'), {
  post: (body) => change({ type: 'message.post', body }) ?? follow.toEnd(),
  editLast: () => editing.editLast(),
});
const editing = new Editing(rows, timeline, {
  change: (frame) => composer.complain(change(frame) ?? ''),
  done: () => composer.focus(),
});
const keys = new RowKeys(rows, { e: (row) => editing.edit(row), Delete: (row) => editing.askDelete(row) });

/** Does something lasting; gives a complaint if it cannot. */
function change(frame) {
  if (connection.state === 'closed') return words.closed;
  if (outbox.underWay >= MOST_WAITING) return words.tooManyWaiting(outbox.underWay);
  outbox.add(frame);
  return undefined;
}

function draftChanged(draft) {
  const failed = draft.state === 'failed';
  if (timeline.show(draft)) {
    if (failed) announce(failureOf(draft));
  } else if (failed) { // of a message that is far up in the history
    composer.complain(failureOf(draft));
    outbox.discard(draft.ref);
  }
  rowsChanged(0);
}

function rowsChanged(fromOthers) {
  if (follow.atEnd && timeline.trim()) history.trimmed();
  follow.added(fromOthers);
  editing.refresh();
  keys.refresh();
}

function welcome(event) {
  setLimits(event.limits);
  showMe(event.you);
  remember(room);
}

/** One frame brings many messages; the page is touched once for all of them where that matters. */
function news(messages) {
  const others = messages.filter((message) => !timeline.isOwn(message));
  appendTo(byId('chat-log'), messages.map(({ body }) => body));
  others.forEach(({ author, body }) => announce(words.said(author.name, body)));
  rowsChanged(others.length);
  countInTitle(others.length);
}

function stateChanged(state, reason) {
  const badge = byId('connection');
  badge.dataset.state = state;
  badge.firstElementChild.textContent = words.connection[state];
  banner.show();
  company[state === 'live' ? 'live' : 'lost']();
  if (state === 'live') outbox.flush();
  else if (state === 'closed') outbox.close(reason);
  else outbox.lost();
}

rows.addEventListener('click', ({ target }) => {
  const action = target.closest('[data-do]')?.dataset.do;
  if (action !== 'retry' && action !== 'discard') return;
  const { ref } = target.closest('.state').dataset;
  outbox[action](ref);
  if (!outbox.has(ref)) timeline.discard(ref);
  if (connection.state === 'closed') outbox.close(words.closed);
  rowsChanged(0);
  composer.focus(); // the button that had the focus is gone
});

function showMe(user) {
  paintAvatar(me.querySelector('.avatar'), user);
  me.querySelector('bdi').textContent = user.name;
}

addEventListener('beforeunload', (event) => {
  if (outbox.unsaved) event.preventDefault();
});

showMe(you);
showRoomsAround(room, byId('recent-rooms'));
outbox.load();
follow.toEnd();
keys.refresh();
connection.open();
