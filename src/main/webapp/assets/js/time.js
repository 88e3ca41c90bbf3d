// Instants as people read them: in the zone they chose or else the browser's, in the page's language (and the viewer's
// variety of it).
const { lang: page, dataset } = document.documentElement;
const locale = navigator.languages.find((language) => language.split('-')[0] === page) ?? page;

const known = (zone) => {
  try {
    return new Intl.DateTimeFormat(locale, { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined; // the server knows zones that this browser does not
  }
};
const timeZone = known(dataset.zone || undefined);

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

export const day = (instant) =>
  (year(instant) === year(new Date()) ? thisYear : otherYear)(instant);
