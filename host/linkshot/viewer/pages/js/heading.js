/** Over the list: what it shows, how many, and how a query was read. */

import { find } from './dom.js';
import { t } from './i18n.js';

/** Says what stands in the list; `view` is the choice and the query. */
export function showHeading({ choice, query }, source) {
  const isSearch = query !== '';
  find('.listing-title').textContent = choice.tag ?? t(isSearch ? 'search.title' : `list.${choice.list}`);
  find('.listing-count').textContent = t(isSearch ? 'search.count' : 'list.count', { n: source.total });
  find('.order').hidden = isSearch || source.total < 2;
  const note = find('.listing-note');
  note.textContent = isSearch && source.readAs ? t('search.read_as', { query: source.readAs }) : '';
  note.hidden = note.textContent === '';
}
