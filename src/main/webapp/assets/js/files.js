// The files of a message in its row: images small, everything else as a card. The server renders the same, see FileRow.java.
import { fileAddress, thumbnailAddress } from './page.js';
import { words } from './words.js';

const MAX_WIDTH = 360;
const MAX_HEIGHT = 300;

export const isImage = ({ width }) => Boolean(width);

/** What an image is shown by; a file that Java cannot make smaller is shown as it is. */
export const smallAddress = (file) => (file.thumbnail ? thumbnailAddress(file) : fileAddress(file));

/** The files that the server has rendered in this row. */
export const filesIn = (row) => JSON.parse(row.querySelector('.files')?.dataset.files ?? '[]');

const idsOf = (files) => files.map(({ id = '?' }) => id).join();

/** What is there already is left alone: an image must not load twice. @param files those without an id are not stored yet */
export function paintFiles(row, files = []) {
  const known = row.querySelector('.files');
  if (idsOf(filesIn(row)) === idsOf(files)) return;
  known?.remove();
  if (!files.length) return;
  const list = document.createElement('div');
  list.className = 'files';
  list.dataset.files = JSON.stringify(files);
  list.append(...files.map((file) => (isImage(file) && file.id ? pictureOf(file) : cardOf(file))));
  row.querySelector('.said').after(list);
}

function pictureOf(file) {
  const link = document.createElement('a');
  link.className = 'picture';
  link.href = fileAddress(file);
  const image = document.createElement('img');
  const scale = Math.min(1, MAX_WIDTH / file.width, MAX_HEIGHT / file.height);
  image.src = smallAddress(file);
  image.width = Math.max(1, Math.round(file.width * scale)); // the place is there before the image is
  image.height = Math.max(1, Math.round(file.height * scale));
  image.alt = file.name;
  link.append(image);
  return link;
}

function cardOf(file) {
  const card = document.importNode(document.getElementById('file-card').content.firstElementChild, true);
  if (file.id) Object.assign(card, { href: fileAddress(file), download: file.name });
  card.querySelector('bdi').textContent = file.name;
  card.querySelector('small').textContent = words.size(file.size);
  return card;
}
