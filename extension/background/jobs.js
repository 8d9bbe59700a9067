// Captures under way: one job a tab, its state shown to the popup and the badge, its item in the outbox from the start.

import { ACTIONS, HostError } from '../shared/protocol.js';
import { hasAccess, lacksFileAccess } from './access.js';
import { captureTab } from './capture.js';
import { deliverNow, errorFields, outboxChanged } from './delivery.js';
import { newCaptureId } from './digest.js';
import { askHost } from './host.js';
import { changeItem, newItem, putCapture, putItem, readItem, removeItem } from './outbox.js';
import { findTab } from './tabs.js';
import { keepThumbnail } from './thumbnail.js';

/** @import { LinkStatus, Saved } from '../shared/protocol.js' */
/** @import { OutboxItem, Payload } from './outbox.js' */
/**
 * @typedef {'reading' | 'gathering' | 'sending' | 'saved' | 'waiting' | 'failed'} Step
 * @typedef {{
 *   capture_id: string, tab_id: number, step: Step, done: number, total: number, url: string, title: string,
 *   status: LinkStatus | null, add: string[], remove: string[], saved: Saved | null,
 *   error: { code: string, message: string, detail: Record<string, unknown> } | null,
 * }} JobState
 * @typedef {{ state: JobState, item: OutboxItem | null, isAgain: boolean, finished: Promise<Saved> }} Job `isAgain`: it was listed before
 */

const KEEPABLE = /^(https?|file):/;

/** The last job of each tab. @type {Map<number, Job>} */
const jobs = new Map();
/** @type {((state: JobState) => void)[]} */
const listeners = [];

/** Call `listener` with a job's state whenever it changes. @param {(state: JobState) => void} listener */
export function onJobChange(listener) {
  listeners.push(listener);
}

/** @param {number} tabId */
export function jobOf(tabId) {
  return jobs.get(tabId);
}

/** @param {string} captureId */
export function findJob(captureId) {
  return [...jobs.values()].find(({ state }) => state.capture_id === captureId);
}

/** Is the page that a tab shows this one, and being kept? @param {number} tabId @param {string} url */
export function isKeeping(tabId, url) {
  const state = jobs.get(tabId)?.state;
  return state?.url === url && isRunning(state);
}

/** Is a capture with this id under way in this worker? @param {string} captureId */
export function isCapturing(captureId) {
  const job = findJob(captureId);
  return Boolean(job && isRunning(job.state));
}

/** @param {number} tabId */
export function forgetJob(tabId) {
  jobs.delete(tabId);
}

/** Change what is told of a job. @param {Job} job @param {Partial<JobState>} change */
export function publish(job, change) {
  Object.assign(job.state, change);
  listeners.forEach((listener) => listener(job.state));
}

/** @param {JobState} state */
function isRunning({ step }) {
  return step === 'reading' || step === 'gathering' || step === 'sending';
}

/**
 * Begin to keep the page in a tab, or join the capture that is under way there.
 * @param {number} tabId
 * @param {Partial<OutboxItem>} [wanted] an item that is listed already, or what is known of a new one
 * @returns {Job}
 */
export function startJob(tabId, wanted = {}) {
  const running = jobs.get(tabId);
  if (running && isRunning(running.state)) return running;
  /** @type {JobState} */
  const state = {
    capture_id: wanted.capture_id ?? newCaptureId(),
    tab_id: tabId,
    step: 'reading',
    done: 0,
    total: 0,
    url: '',
    title: '',
    status: null,
    add: wanted.add ?? [],
    remove: wanted.remove ?? [],
    saved: null,
    error: null,
  };
  /** @type {Job} */
  const job = { state, item: null, isAgain: wanted.capture_id !== undefined, finished: Promise.reject(new HostError('internal')) };
  job.finished.catch(() => {});
  jobs.set(tabId, job);
  job.finished = run(job, wanted);
  job.finished.catch((error) => fail(job, error));
  return job;
}

/** @param {Job} job @param {Partial<OutboxItem>} wanted @returns {Promise<Saved>} */
async function run(job, wanted) {
  const { capture_id, tab_id } = job.state;
  const { selection_frame: selectionFrame = null } = wanted;
  // before all else: what follows runs beside it
  const reading = captureTab(tab_id, capture_id, { selectionFrame, onStep: (step, done, total) => publish(job, { step, done, total }) });
  // seen below; without this a failure before that would be reported as unhandled
  reading.catch(() => {});
  publish(job, {});
  const tab = await findTab(tab_id);
  publish(job, { url: tab.url ?? '', title: tab.title ?? '' });
  // a browser may let a script into about:blank or leave one waiting in a page of its own; no library keeps such an address
  if (tab.url && !KEEPABLE.test(tab.url)) throw new HostError('page_not_capturable');
  const status = lookUp(job);
  // where a link led to is its address once that has been read
  const page_url = wanted.page_url ?? job.state.url;
  job.item = newItem({ ...wanted, state: 'capturing', error: null, capture_id, tab_id, page_url, title: job.state.title });
  const begun = putItem({ ...job.item, add: job.state.add, remove: job.state.remove });
  begun.catch(() => {});
  const payload = await reading;
  const stored = store(job, payload);
  publish(job, { step: 'sending', done: 0, total: 0, title: payload.plan.title || job.state.title, url: payload.plan.page_url });
  const isKept = Boolean((await status)?.link_id);
  const saved = await deliverNow(/** @type {OutboxItem} */ (job.item), payload, {
    isKept,
    stored,
    onProgress: (done, total) => publish(job, { done, total }),
    onSaved: (answer) => publish(job, { step: 'saved', saved: answer }),
  });
  publish(job, { saved });
  keepThumbnail(tab_id, job.state.url, saved.snapshot_id);
  return saved;
}

/** What the library has of this link already; null where the host is not there. @param {Job} job @returns {Promise<LinkStatus | null>} */
async function lookUp(job) {
  try {
    const status = await askHost(ACTIONS.linkStatus, { url: job.state.url });
    publish(job, { status });
    return status;
  } catch {
    // sending the capture meets the same failure and tells it
    return null;
  }
}

/**
 * The whole capture goes into the outbox while it is sent: nothing is said to be kept before the host's answer or this write.
 * @param {Job} job
 * @param {Payload} payload
 */
function store(job, payload) {
  const { plan } = payload;
  const size = [...plan.documents, ...plan.resources].reduce((sum, entry) => sum + entry.size, 0);
  const known = /** @type {OutboxItem} */ (job.item);
  const { add, remove } = job.state;
  const item = { ...known, state: /** @type {const} */ ('waiting'), title: plan.title, page_url: plan.page_url, size };
  job.item = { ...item, add, remove };
  // a turn later, when the messages to the host have left, with the tags as they are then
  const stored = afterThisTurn().then(() => putCapture({ ...item, add: job.state.add, remove: job.state.remove }, payload));
  // awaited by the delivery, whichever way it ends
  stored.catch(() => {});
  return stored;
}

const afterThisTurn = () => new Promise((resolve) => setTimeout(resolve));

/** @param {Job} job @param {unknown} failure */
async function fail(job, failure) {
  const error = errorFields(await explained(failure, job.state));
  // an outbox that cannot be read holds nothing of this capture
  const item = await readItem(job.state.capture_id).catch(() => null);
  const isWhole = item && item.state !== 'capturing' && item.state !== 'interrupted';
  if (item && !isWhole) await (job.isAgain ? changeItem(item.capture_id, { state: 'interrupted', error }) : removeItem(item.capture_id));
  publish(job, { step: isWhole ? 'waiting' : 'failed', error });
  outboxChanged();
}

/** A page that was left meanwhile, and a file or site that the person gave no access to and could, are told apart. @param {unknown} failure @param {JobState} state */
async function explained(failure, { tab_id, url }) {
  if (!(failure instanceof HostError) || failure.code !== 'page_not_capturable' || !KEEPABLE.test(url)) return failure;
  const tab = await findTab(tab_id).catch(() => null);
  if (tab?.url !== url) return new HostError('page_closed');
  if (url.startsWith('file:') && (await lacksFileAccess(url))) return new HostError('file_access_needed');
  return (await hasAccess()) ? failure : new HostError('site_access_needed');
}

/** What the outbox brought home is saved, whatever was told of it before; is its job known here? @param {OutboxItem} item @param {Saved} saved */
export function saveJob({ capture_id }, saved) {
  const job = findJob(capture_id);
  if (job && !job.state.saved) publish(job, { step: 'saved', saved, error: null });
  return Boolean(job);
}

/** A later try may have run into something else than the one that is told. */
export async function tellReasons() {
  for (const job of jobs.values()) {
    if (job.state.step !== 'waiting') continue;
    const error = (await readItem(job.state.capture_id).catch(() => undefined))?.error;
    // it may have been sent while that was read
    const isWaiting = job.state.step === 'waiting';
    if (error && isWaiting && JSON.stringify(error) !== JSON.stringify(job.state.error)) publish(job, { error });
  }
}

/** The job of a page that an earlier worker saved, as its popup knows it. @param {JobState} state */
export function takeOver(state) {
  if (!state.saved || jobs.has(state.tab_id)) return undefined;
  const job = { state, item: null, isAgain: false, finished: Promise.resolve(state.saved) };
  jobs.set(state.tab_id, job);
  return job;
}
