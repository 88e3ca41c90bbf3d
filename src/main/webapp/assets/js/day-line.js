// The lines between the days. Today and yesterday are called so, and by their dates when they are so no more.
import { dayName } from './time.js';

const LOOK = 60_000; // ms between two looks at the clock

export function nameDay(line, instant) {
  const name = dayName(instant);
  if (line.textContent !== name) line.textContent = name;
}

export function newDayLine(instant) {
  const line = Object.assign(document.createElement('p'), { className: 'day' });
  nameDay(line, instant);
  return line;
}

/** Each line stands above the first message of its day. */
export function keepDayNames(rows) {
  setInterval(() => {
    for (const line of rows.querySelectorAll('.day')) nameDay(line, Number(line.nextElementSibling.dataset.at));
  }, LOOK);
}
