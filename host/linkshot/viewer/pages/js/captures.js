/** Follows captures to their end, in messages. */

import { get, post } from './api.js';
import { prepareFailures } from './failed.js';
import { hasWords, t } from './i18n.js';
import { receiptLine } from './receipt.js';
import { showFailure, showToast } from './toast.js';

const LOOK_MS = 400;
const AWAY_MS = 3000;
// They are taken up in the order of their ids, so the first of many are all there is to look at.
const SHOWN = 3;

/** Begins a capture of each address; answers those that were refused. `follow` is of `prepareCaptures`. */
export async function beginCaptures(urls, tags, follow, keepErrors = false) {
  const { begun, refused } = await post('api/captures', { urls, tags, keep_errors: keepErrors });
  follow(begun);
  return refused;
}

/**
 * Answers `follow(captures)`, which tells of these from now on; `onKept(linkId)` opens what was kept.
 * What an earlier window left waiting is followed at once.
 */
export function prepareCaptures(onKept) {
  const followed = new Map(); // the capture's id to it, with its message once it is at the front
  let isLooking = false;
  let more;
  const tellFailed = prepareFailures((captures, keepErrors) => beginAgain(captures, follow, keepErrors));

  const tell = (progress) => {
    const { toast } = followed.get(progress.capture_id);
    if (progress.state === 'done') toast.update(kept(progress, onKept));
    else if (progress.state === 'failed') tellFailed(progress, toast);
    else toast.update(working(progress));
    if (progress.state === 'done' || progress.state === 'failed') followed.delete(progress.capture_id);
  };

  const showFront = () => {
    const front = [...followed.values()].slice(0, SHOWN);
    for (const one of front) one.toast ??= showToast(working(one.capture));
    more = showMore(more, followed.size - front.length);
    return front.map(({ capture }) => capture.capture_id);
  };

  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    for (let ids = showFront(); ids.length > 0; ids = showFront()) await lookAt(ids, tell);
    isLooking = false;
  };

  const follow = (captures) => {
    for (const capture of captures) {
      if (!followed.has(capture.capture_id)) followed.set(capture.capture_id, { capture });
    }
    look();
  };

  get('api/captures/waiting').then(follow, showFailure);
  return follow;
}

/** Tells how these stand, a moment from now. */
async function lookAt(ids, tell) {
  try {
    (await get('api/captures', { ids })).forEach(tell);
    await pause(LOOK_MS);
  } catch {
    // The strip at the head says that the window has lost its server; what was queued is in the library.
    await pause(AWAY_MS);
  }
}

/** The message of how many wait that have none of their own. */
function showMore(toast, count) {
  if (count === 0) return toast?.close();
  const content = { state: 'working', title: t('capture.more', { count }) };
  if (toast) toast.update(content);
  return toast ?? showToast(content);
}

function pause(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

function working(progress) {
  const key = `step.${progress.step}`;
  return { state: 'working', title: t(hasWords(key) ? key : `capture.${progress.state}`), note: progress.url };
}

function kept(progress, onKept) {
  const title = t(progress.unchanged ? 'capture.unchanged' : 'capture.done', { title: progress.title || progress.url });
  const actions = [{ label: t('open'), act: () => onKept(progress.link_id) }];
  return { state: 'done', title, note: receiptLine(progress.receipt), actions };
}

/** Begins captures anew, those with the same tags in one request. */
function beginAgain(captures, follow, keepErrors) {
  /** @type {Map<string, any[]>} */
  const groups = new Map();
  for (const one of captures) groups.set(String(one.tags), [...(groups.get(String(one.tags)) ?? []), one]);
  for (const alike of groups.values()) beginCaptures(alike.map(({ url }) => url), alike[0].tags, follow, keepErrors).catch(showFailure);
}
