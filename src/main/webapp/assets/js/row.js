// How one message looks. The row itself comes from the server, rendered or as a template.
import { paintAvatar } from './avatar.js';
import { paintFiles } from './files.js';
import { showWords } from './formatted.js';
import { write as writeNote } from './note.js';
import { absolute, clock } from './time.js';
import { words } from './words.js';

const template = (id) => document.getElementById(id).content.firstElementChild;

/** Lets the browser leave out the row wherever it is out of sight, once a frame has shown how high it is. */
export const settle = (row) => requestAnimationFrame(() => requestAnimationFrame(() => row.classList.add('settled')));

/** A row that is to be put into the page now. */
export function newRow(message) {
  const row = document.importNode(template(message.note ? 'note-row' : 'message-row'), true);
  settle(row);
  return row;
}

/** @param may {delete}: what the viewer may do with this message */
export function paint(row, message, own, may = {}) {
  const { id, seq, author, at, note } = message;
  if (id) Object.assign(row.dataset, { id, seq });
  row.dataset.author = author.id;
  row.dataset.at = at.getTime();
  if (note) writeNote(row.querySelector('.sentence'), message);
  else paintMessage(row, message, own, may);
  paintTime(row, at);
  if (id) for (const link of row.querySelectorAll('.at, .side-time')) link.href = `?message=${id}`;
}

function paintMessage(row, { author, body, html, files, edited = false, deleted = false }, own, may) {
  row.classList.toggle('deleted', deleted);
  row.classList.toggle('own', own);
  paintAvatar(row.querySelector('.avatar'), author);
  write(row.querySelector('.who bdi'), author.name);
  showWords(row, deleted ? { body: words.deleted } : { body, html }, own);
  row.querySelector('.edited').hidden = !edited || deleted;
  paintFiles(row, deleted ? [] : files);
  row.querySelector('.said').hidden = !deleted && !body && files?.length > 0;
  write(row.querySelector('.side-time'), clock(Number(row.dataset.at)));
  row.classList.toggle('deletable', Boolean(may.delete) && !deleted);
}

function paintTime(row, at) {
  const time = row.querySelector('time');
  time.dateTime = at.toISOString();
  time.title = absolute(at);
  write(time, clock(at));
}

/** Text that is there already is left alone: somebody may have selected it. */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The line under a message that says what becomes of it, with [label, action] as buttons; none without a text. */
export function setState(row, text = '', choices = [], ref = '') {
  row.querySelector('.state')?.remove();
  if (!text) return;
  const line = document.createElement('p');
  line.className = 'state';
  line.dataset.ref = ref;
  line.append(text);
  const buttons = choices.map(([label, action]) => {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'link', textContent: label });
    button.dataset.do = action;
    return button;
  });
  if (buttons.length) {
    const group = document.createElement('span');
    group.className = 'choices';
    group.append(...buttons.flatMap((button, i) => (i ? [' · ', button] : [button])));
    line.append(' ', group);
  }
  row.querySelector('.content').append(line);
}

const TEXTS = {
  'message.post': [words.sending, words.notSent],
  'message.edit': [words.saving, words.notSaved],
  'message.delete': [words.deleting, words.notDeleted],
};

export const failureOf = ({ type, failure }) => [TEXTS[type][1], failure.detail].filter(Boolean).join(' ');

/** Shows how far a draft has come, or that there is none. */
export function showProgress(row, draft) {
  const failed = draft?.state === 'failed';
  row.classList.toggle('pending', Boolean(draft) && !failed);
  row.classList.toggle('failed', failed);
  if (failed) setState(row, failureOf(draft), [[words.retry, 'retry'], [words.discard, 'discard']], draft.ref);
  else if (draft?.state === 'uploading') showUploading(row, draft);
  else setState(row, draft && TEXTS[draft.type][0]);
}

/** The line is made once: somebody may be about to press its button. */
function showUploading(row, { ref, progress }) {
  if (!row.querySelector('.state progress')) {
    setState(row, words.uploading, [[words.cancel, 'discard']], ref);
    const bar = document.createElement('progress');
    bar.ariaLabel = words.uploading;
    row.querySelector('.choices').before(bar, ' ');
  }
  row.querySelector('.state progress').value = progress;
}
