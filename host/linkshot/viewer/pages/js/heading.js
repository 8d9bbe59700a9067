/** Over the list: what it shows, how many, and how a query was read. */

import { find } from './dom.js';
import { t } from './i18n.js';

/** Says what stands in the list; `view` is the choice and the query. */
export function showHeading({ choice, query }, source) {
  const isSearch = query !== '';
  find('.listing-title').textContent = choice.tag ?? t(isSearch && choice.list === 'all' ? 'search.title' : `list.${choice.list}`);
  find('.listing-count').textContent = t(isSearch ? 'search.count' : 'list.count', { n: source.notes?.all ?? source.total });
  find('.order').hidden = isSearch || source.total < 2;
  const note = find('.listing-note');
  note.textContent = source.notes ? noteText(source.notes) : '';
  note.hidden = note.textContent === '';
}

/** How the query was read, which tags there are not, what follows what has all of it, and what is not searched yet. */
function noteText({ all, most, waiting, readAs, unknownTags }) {
  return [
    readAs && t('search.read_as', { query: readAs }),
    ...unknownTags.map((tag) => t('search.unknown_tag', { tag })),
    most > 0 && t(all > 0 ? 'search.most_too' : 'search.most', { n: most, all }),
    waiting > 0 && t('search.waiting', { n: waiting }),
  ].filter(Boolean).join(t('sentence.between'));
}
