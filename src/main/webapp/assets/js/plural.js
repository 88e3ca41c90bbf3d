// Numbers in the language of the page.
export const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language);

export const number = new Intl.NumberFormat(language);

/** "1 message", "2 messages". @param forms by plural category */
export const count = (n, forms) => `${number.format(n)} ${forms[plural.select(n)] ?? forms.other}`;
