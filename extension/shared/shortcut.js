// The keys that open the popup, as the browser has them.

import { browser } from './browser.js';

const NAME = '_execute_action';
const TAKEN = 'Alt+Shift+S';
const FREE = 'Alt+Shift+K';

/** The shortcut as it is now, "" where the person has taken it away. */
export async function currentShortcut() {
  const commands = await browser.commands.getAll();
  return commands.find(({ name }) => name === NAME)?.shortcut ?? '';
}

/**
 * In Firefox on Linux and Windows Alt+Shift+S opens the History menu, whose access key is S with or without Shift (nsMenuBarListener.cpp,
 * IsAccessKeyPressed), before any extension hears of it. A manifest names keys by system, not by browser, so they are changed here;
 * a shortcut that the person chose stays.
 */
export async function ensureShortcut() {
  const { update } = /** @type {any} */ (browser.commands);
  if (!update || (await browser.runtime.getPlatformInfo()).os === 'mac') return;
  if ((await currentShortcut()) === TAKEN) await update({ name: NAME, shortcut: FREE });
}
