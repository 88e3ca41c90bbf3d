// The language of the page, and what Intl makes of numbers, lists and names in it.
export const language = document.documentElement.lang;

const plural = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);
const lists = new Intl.ListFormat(language);
const names = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });

export const number = (n) => numbers.format(n);

/** "1 message", "2 messages". @param forms by plural category; `other` stands in for those that a language has no form of its own for */
export const count = (n, forms) => `${number(n)} ${forms[plural.select(n)] ?? forms.other}`;

/** How large a file is: "900 bytes", "1.5 MB". */
export function size(bytes) {
  const unit = bytes < 1e3 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  const n = bytes / 1e3 ** unit;
  const digits = unit && n < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, {
    style: 'unit', unitDisplay: unit ? 'short' : 'long', unit: ['byte', 'kilobyte', 'megabyte', 'gigabyte'][unit], minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(n);
}

/** A name inside of a sentence, which stays in order whichever way the name is written. */
export const isolated = (name) => `\u2068${name}\u2069`;

/** "a, b and c", each of them isolated. */
export const list = (items) => lists.format(items.map(isolated));

/** The order in which people look for names. */
export const byName = (one, other) => names.compare(one, other);
