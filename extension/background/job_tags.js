// The tags that a person gives a page in the popup: sent with it, or brought to the link once that is saved.

import { bringTags } from './delivery.js';
import { findJob, publish, takeOver } from './jobs.js';
import { changeItem, readItem } from './outbox.js';

/** @import { Saved } from '../shared/protocol.js' */
/** @import { Job, JobState } from './jobs.js' */

/**
 * The tags that the person wants added to and removed from the page of this capture, as typed so far.
 * Answers the link's tags once it is saved, null before.
 * @param {JobState} state as the popup has it
 * @param {string[]} add
 * @param {string[]} remove
 * @returns {Promise<string[] | null>}
 */
export async function setTags(state, add, remove) {
  const { capture_id } = state;
  const job = findJob(capture_id) ?? ((await readItem(capture_id).catch(() => undefined)) ? undefined : takeOver(state));
  const before = job?.state.add ?? [];
  if (job) Object.assign(job.state, { add, remove });
  const saved = job?.state.saved;
  // what is there by another name is no longer asked for, and is to stay
  if (job && saved) return tagSaved(job, saved, before.filter((tag) => !add.includes(tag) && !saved.renamed?.includes(tag)));
  await changeItem(capture_id, { add, remove });
  return null;
}

/** `dropped` were asked for before and may be under way. @param {Job} job @param {Saved} saved @param {string[]} dropped */
async function tagSaved(job, saved, dropped) {
  const fresh = job.state.add.filter((tag) => !saved.tags.includes(tag) && !saved.renamed?.includes(tag));
  const gone = [...new Set([...dropped, ...job.state.remove.filter((tag) => saved.tags.includes(tag))])];
  if (!fresh.length && !gone.length) return saved.tags;
  saved.refused_tags = [];
  // with a tag goes what it was called; that may be typed again
  if (gone.length) saved.renamed = [];
  await bringTags(saved, fresh, gone, { page_url: saved.url, title: saved.title });
  const refused = saved.refused_tags.map(({ tag }) => tag);
  publish(job, { add: job.state.add.filter((tag) => !refused.includes(tag)) });
  return saved.tags;
}
