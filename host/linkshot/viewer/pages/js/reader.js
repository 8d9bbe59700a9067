/** The reading view: what a snapshot says, as plain text in a quiet column. */

import { get } from './api.js';
import { el } from './dom.js';
import { t } from './i18n.js';

const POLICY_FIELDS = ['doc_number', 'index_number', 'office', 'topic', 'written', 'issued', 'validity'];

/** The text of a snapshot. */
export async function articleView(snapshot) {
  const reading = await get(`api/snapshots/${snapshot.snapshot_id}/text`);
  const facts = [reading.site, reading.author, reading.published].filter(Boolean).join(' · ');
  const lines = reading.text.split('\n').filter((line) => line.trim());
  const text = lines.length > 0 ? lines.map((line) => el('p', {}, line)) : [el('p', { class: 'read-facts' }, t(snapshot.read ? 'read.empty' : 'read.not_yet'))];
  const article = el('article', { lang: reading.lang || null }, el('h2', {}, reading.title || snapshot.title), el('p', { class: 'read-facts' }, facts), policyCard(reading.policy), ...text);
  return el('div', { class: 'read', tabIndex: 0, role: 'region', 'aria-label': t('read.title') }, article);
}

function policyCard(policy) {
  if (!policy) return null;
  const known = POLICY_FIELDS.filter((name) => policy[name]);
  if (known.length === 0) return null;
  return el('dl', { class: 'policy' }, ...known.flatMap((name) => [el('dt', {}, t(`policy.${name}`)), el('dd', {}, policy[name])]));
}
