/** The words of both languages, and dates and numbers as each writes them. */

const SUPPORTED = ['zh', 'en'];
const LOCALES = { zh: 'zh-CN', en: 'en-GB' };

let words = {};
let language = ''; // until the library's window has said its own

/** Loads the words of a language and fills the page with them. */
export async function useLanguage(wanted) {
  language = SUPPORTED.includes(wanted) ? wanted : 'en';
  const reply = await fetch(`i18n/${language}.json`);
  words = await reply.json();
  document.documentElement.lang = LOCALES[language];
  fillWords(document);
}

/** The language in use. */
export function currentLanguage() {
  return language;
}

/** The other one. */
export function otherLanguage() {
  return language === 'zh' ? 'en' : 'zh';
}

/** The words for a key, with facts in their places; "one | many" goes by the fact `n`. */
export function t(key, facts = {}) {
  const forms = (words[key] ?? key).split(' | ');
  const form = forms.length > 1 && facts.n !== 1 ? forms[1] : forms[0];
  return form.replace(/\{(\w+)\}/g, (whole, name) => {
    const fact = facts[name];
    if (fact === undefined) return whole;
    return typeof fact === 'number' ? number(fact) : String(fact);
  });
}

/** Whether the key has words. */
export function hasWords(key) {
  return key in words;
}

/** Fills every element that names its words. */
export function fillWords(root) {
  for (const place of root.querySelectorAll('[data-i18n]')) place.textContent = t(place.dataset.i18n);
  for (const place of root.querySelectorAll('[data-i18n-label]')) {
    place.setAttribute('aria-label', t(place.dataset.i18nLabel));
    if (place.tagName === 'BUTTON') place.title = t(place.dataset.i18nLabel);
  }
  for (const place of root.querySelectorAll('[data-i18n-placeholder]')) {
    place.placeholder = t(place.dataset.i18nPlaceholder);
  }
}

/** A number with its separators. */
export function number(value) {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}

/** A day as ISO writes it: the same length everywhere, and sortable by eye. */
export function day(moment) {
  return parts(moment).slice(0, 10);
}

/** The same in UTC, as the library counts days. */
export function utcDay(moment) {
  return new Date(moment).toISOString().slice(0, 10);
}

/** Day and minute, in the person's own time zone. */
export function minute(moment) {
  return parts(moment).slice(0, 16);
}

/** Bytes in the unit that fits. */
export function bytes(count) {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

function parts(moment) {
  const date = new Date(moment);
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().replace('T', ' ');
}
