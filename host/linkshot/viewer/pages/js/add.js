/** The box to enter links: each is kept in the background and says how it goes. */

import { beginCaptures, prepareCaptures } from './captures.js';
import { el, find } from './dom.js';
import { t } from './i18n.js';
import { draftTags } from './tagfield.js';
import { failureText } from './toast.js';

/** Prepares the dialog; `onKept(linkId)` opens what was kept. Answers a function that shows it. */
export function prepareAdd(onKept) {
  const dialog = find('.add-dialog');
  const field = find('.add-url', dialog);
  const follow = prepareCaptures(onKept);
  let tags = draftTags();

  const submit = () => send(dialog, tags, follow);

  find('.add-form', dialog).addEventListener('submit', (event) => { event.preventDefault(); submit(); });
  find('.add-cancel', dialog).addEventListener('click', () => dialog.close());
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });

  return (text = '') => {
    tags = draftTags();
    find('.add-tags', dialog).replaceChildren(el('span', {}, t('tags.title')), tags.element);
    find('.add-problem', dialog).hidden = true;
    field.value = text;
    dialog.showModal();
    field.focus();
  };
}

/** Sends what the box holds, once, and closes it; what is refused stays in it, with the reason. */
async function send(dialog, tags, follow) {
  const field = find('.add-url', dialog);
  const button = find('[type=submit]', dialog);
  if (button.disabled) return;
  button.disabled = true;
  try {
    await tags.takeTyped();
    const refused = await beginCaptures(field.value.split(/\s+/).filter(Boolean), tags.tags, follow);
    field.value = refused.map(({ url }) => url).join('\n');
    if (refused.length === 0) dialog.close();
    else tell(dialog, refused.at(-1));
  } catch (failure) {
    tell(dialog, failure);
  } finally {
    button.disabled = false;
  }
}

function tell(dialog, failure) {
  const problem = find('.add-problem', dialog);
  problem.textContent = failureText(failure);
  problem.hidden = false;
  find('.add-url', dialog).focus();
}
