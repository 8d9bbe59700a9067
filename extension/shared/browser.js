// The browser's own API under one name; the only file that may say `chrome` or `browser`.

const { browser: firefox, chrome: chromium } = /** @type {any} */ (globalThis);

/** Firefox answers with promises under `browser`, Chromium under `chrome`. @type {typeof chrome} */
export const browser = firefox ?? chromium;

/** The browser's name and version as the host is told: "Chromium 156". */
export function browserName(userAgent = navigator.userAgent) {
  const match = /(Firefox|Edg|OPR|Chrome)\/(\d+)/.exec(userAgent.replace(/Chrome(?=.*(Edg|OPR)\/)/, ''));
  if (!match) return 'unknown';
  const names = { Firefox: 'Firefox', Edg: 'Edge', OPR: 'Opera', Chrome: 'Chromium' };
  return `${names[/** @type {keyof typeof names} */ (match[1])]} ${match[2]}`;
}

/** The language of the words that people see here, so that the host's are in the same. @returns {'zh' | 'en'} */
export function uiLanguage() {
  return browser.i18n.getMessage('language_code') === 'zh' ? 'zh' : 'en';
}
