// The toolbar button's badge: a capture's progress, the check mark, how often a page is kept, what waits in the outbox.

import { browser } from '../shared/browser.js';
import { ACTIONS } from '../shared/protocol.js';
import { errorMessage, message, waitingMessage } from '../shared/words.js';
import { askHost, hostTrouble } from './host.js';
import { isKeeping } from './jobs.js';
import { listItems } from './outbox.js';

/** @import { JobState } from './jobs.js' */

const COLORS = { running: '#2563a8', kept: '#2f7d4f', waiting: '#a8620c', failed: '#b3322b' };
const STEPS = { reading: '…', gathering: '…', sending: '↑', saved: '✓', waiting: '!', failed: '×' };

/** What each tab's badge says, so that a capture's many steps do not draw it anew. @type {Map<number | null, string>} */
const shown = new Map();

/** The page whose capture each tab's badge tells of; null where it tells of links, whatever page they are on. @type {Map<number, string | null>} */
const told = new Map();

const SLOW_MS = 150;
/** Captures under way, by their id: have they taken long enough to be shown? @type {Map<string, boolean>} */
const slow = new Map();

/** The browser forgets a tab's badge when the tab goes elsewhere. @param {number} tabId */
export function forgetBadge(tabId) {
  shown.delete(tabId);
  told.delete(tabId);
}

/** @param {number | null} tabId null for all tabs @param {string | null} text null for what all tabs show @param {string} color @param {string} [title] */
async function show(tabId, text, color, title = message('action_title')) {
  const drawn = `${text} ${color} ${title}`;
  if (shown.get(tabId) === drawn) return;
  shown.set(tabId, drawn);
  const target = tabId === null ? {} : { tabId };
  try {
    await Promise.all([
      browser.action.setBadgeText(/** @type {any} */ ({ ...target, text })),
      browser.action.setBadgeBackgroundColor({ ...target, color }),
      browser.action.setTitle({ ...target, title }),
    ]);
  } catch {
    // the tab was closed meanwhile
  }
}

/**
 * Show where a capture stands; one that is soon over shows its end alone, as drawing takes the time in which the popup opens.
 * @param {JobState} state
 */
export function showJob(state) {
  const { capture_id: id, step } = state;
  if (/^(saved|waiting|failed)$/.test(step)) {
    slow.delete(id);
    void drawJob(state);
  } else if (slow.get(id)) void drawJob(state);
  else if (!slow.has(id)) {
    slow.set(id, false);
    setTimeout(() => {
      if (!slow.has(id)) return;
      slow.set(id, true);
      void drawJob(state);
    }, SLOW_MS);
  }
}

/** @param {JobState} state */
function drawJob(state) {
  const { tab_id, url, step, done, total, error } = state;
  told.set(tab_id, url);
  if (step === 'saved') return show(tab_id, STEPS.saved, COLORS.kept, message('badge_saved'));
  if (step === 'waiting') return show(tab_id, STEPS.waiting, COLORS.waiting, error ? waitingMessage(error) : message('badge_waiting'));
  if (step === 'failed') return show(tab_id, STEPS.failed, COLORS.failed, message('badge_failed', error ? errorMessage(error) : ''));
  const text = total > 20 ? `${Math.min(99, Math.round((done / total) * 100))}` : STEPS[step];
  return show(tab_id, text, COLORS.running, message('badge_running'));
}

/**
 * Show on the tab where a link was pointed at how it goes with the page behind it.
 * @param {number} tabId
 * @param {'reading' | 'saved' | 'waiting' | 'failed'} step
 * @param {{ code: string } | null} [error]
 */
export function showLink(tabId, step, error) {
  told.set(tabId, null);
  if (step === 'reading') return show(tabId, STEPS.reading, COLORS.running, message('badge_link_running'));
  if (step === 'saved') return show(tabId, STEPS.saved, COLORS.kept, message('badge_link_saved'));
  if (step === 'waiting') return show(tabId, STEPS.waiting, COLORS.waiting, error ? waitingMessage(error) : message('badge_waiting'));
  return show(tabId, STEPS.failed, COLORS.failed, message('badge_link_failed', error ? errorMessage(error) : ''));
}

/** Show how many versions of a tab's page are kept, where the host is there to say. @param {number} tabId */
export async function showKept(tabId) {
  const tab = await browser.tabs.get(tabId).catch(() => null);
  if (!tab?.url || isTold(tabId, tab.url)) return;
  const snapshots = await countKept(tab.url);
  if (isTold(tabId, tab.url)) return; // its capture began meanwhile
  told.delete(tabId);
  if (snapshots) await show(tabId, String(snapshots), COLORS.kept, message('badge_kept', snapshots));
  else await clear(tabId);
}

/** A page that goes elsewhere by script keeps the badge of the one before. @param {number} tabId */
async function clear(tabId) {
  const { action } = browser;
  const [own, general] = await Promise.all([action.getBadgeText({ tabId }), action.getBadgeText({})]).catch(() => ['', '']);
  if (own === general) return;
  await show(tabId, null, COLORS.waiting, await action.getTitle({}));
}

/** Does the button tell of the capture of this page, or of links in it? @param {number} tabId @param {string} url */
function isTold(tabId, url) {
  return isKeeping(tabId, url) || told.get(tabId) === null || told.get(tabId) === url;
}

/** @param {string} url */
async function countKept(url) {
  if (!/^(https?|file):/.test(url) || hostTrouble()) return 0;
  try {
    return (await askHost(ACTIONS.linkStatus, { url })).snapshots;
  } catch {
    return 0; // without the host nothing is known of the page
  }
}

/** Show how many captures wait, on tabs that have no badge of their own. */
export async function showWaiting() {
  const waiting = (await listItems()).filter(({ state }) => /^(waiting|refused|interrupted)$/.test(state)).length;
  const title = waiting ? message('badge_outbox', waiting) : undefined;
  await show(null, waiting ? String(waiting) : '', COLORS.waiting, title);
}
