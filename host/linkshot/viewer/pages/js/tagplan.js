/** A planned change to tags in a sentence or two. */

import { t } from './i18n.js';

const NAMED = 4;

/** Tags as people list them; of many, the first few and how many more. */
export function namesOf(paths) {
  const named = paths.slice(0, NAMED).map((path) => t('names.one', { tag: path })).join(t('names.between'));
  return paths.length > NAMED ? t('names.more', { names: named, n: paths.length - NAMED }) : named;
}

/** What merging would do. */
export function mergeText(plan, sources, target) {
  const facts = { n: plan.links, names: namesOf(sources), tag: target };
  const had = plan.links - (plan.gain[target] ?? 0);
  return sentences([
    plan.links === 0 ? t('plan.merge_none', facts) : t('plan.merge', facts),
    had > 0 && t('plan.had', { n: had, tag: target }),
    plan.moved.length > 0 && t('plan.moved', { n: plan.moved.length, tag: target }),
    plan.aliases.length > 0 && t('plan.aliases', { names: namesOf(plan.aliases), tag: target }),
  ]);
}

/** What splitting would do. */
export function splitText(plan, tag, into) {
  const goes = plan.vanish.includes(tag);
  return sentences([
    t('plan.split', { n: plan.links, names: namesOf(into), tag }),
    t(goes ? 'plan.split_goes' : 'plan.split_stays', { tag }),
  ]);
}

/** What deleting would do. */
export function deleteText(plan) {
  return sentences([
    t('plan.delete', { n: plan.vanish.length, names: namesOf(plan.vanish) }),
    t(plan.links === 0 ? 'plan.delete_none' : 'plan.delete_links', { n: plan.links }),
  ]);
}

function sentences(parts) {
  return parts.filter(Boolean).join(t('sentence.between'));
}
