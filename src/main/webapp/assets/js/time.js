// Instants as people read them: in the viewer's zone, in the page's language (and the viewer's variety of it).
const page = document.documentElement.lang;
const locale = navigator.languages.find((language) => language.split('-')[0] === page) ?? page;

const format = (options) => {
  const formatter = new Intl.DateTimeFormat(locale, options);
  return (instant) => formatter.format(instant);
};

export const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
export const absolute = format({ dateStyle: 'full', timeStyle: 'medium' });
const thisYear = format({ weekday: 'long', day: 'numeric', month: 'long' });
const otherYear = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

export const day = (instant) =>
  (instant.getFullYear() === new Date().getFullYear() ? thisYear : otherYear)(instant);
