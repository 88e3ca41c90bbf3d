// Instants as people read them: in the zone they chose or else the browser's, in the page's language (and the viewer's
// variety of it).
import { language } from './language.js';

const DAY = 86_400_000;
const locale = navigator.languages.find((each) => each.split('-')[0] === language) ?? language;

const known = (zone) => {
  try {
    return new Intl.DateTimeFormat(locale, { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined; // the server knows zones that this browser does not
  }
};
const timeZone = known(document.documentElement.dataset.zone || undefined);

const format = (options) => {
  const formatter = new Intl.DateTimeFormat(locale, { timeZone, ...options });
  return (instant) => formatter.format(instant);
};

export const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
export const absolute = format({ dateStyle: 'full', timeStyle: 'medium' });
export const minute = format({ dateStyle: 'long', timeStyle: 'short' });
const year = format({ year: 'numeric' });
const thisYear = format({ weekday: 'long', day: 'numeric', month: 'long' });
const otherYear = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

const heading = (text) => text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(language));

const day = (instant) =>
  heading((year(instant) === year(new Date()) ? thisYear : otherYear)(instant));

const date = format({ dateStyle: 'short' });

export const isSameDay = (one, other) => date(one) === date(other);

/** Today, yesterday, or the day by its date. */
export function dayName(instant) {
  const ago = [0, 1].find((days) => isSameDay(instant, Date.now() - days * DAY));
  return ago === undefined ? day(instant) : heading(relative.format(-ago, 'day'));
}
