/** Keeping tags in order: rename, move, merge, other names. What will happen is said beforehand. */

import { post } from './api.js';
import { el, find } from './dom.js';
import { t } from './i18n.js';
import { openMenu } from './menu.js';
import { TagField } from './tagfield.js';
import { failureText, showFailure, showToast } from './toast.js';

/** The edits of one sidebar; `tags()` are the tags there are, `onChanged(old, new)` follows each edit. */
export class TagEdits {
  constructor({ tags, onChanged }) {
    this.tags = tags;
    this.onChanged = onChanged;
    this.dialog = find('.tag-dialog');
    this.submit = async () => {};
    find('.tag-form', this.dialog).addEventListener('submit', (event) => { event.preventDefault(); this.submitted(); });
    find('.tag-cancel', this.dialog).addEventListener('click', () => this.dialog.close());
  }

  /** Offers all edits of a tag at a point of the window. */
  openMenu(tag, place) {
    openMenu([
      { label: t('tagedit.rename'), act: () => this.askRename(tag) },
      { label: t('tagedit.merge'), act: () => this.askMerge(tag) },
      { label: t('tagedit.names_menu'), act: () => this.askNames(tag) },
    ], place);
  }

  askRename(tag) {
    this.askPath(tag, { title: 'tagedit.rename_title', label: 'tagedit.path', value: tag.path, hint: 'tagedit.rename_hint', verb: 'tagedit.rename_do', offers: [] });
  }

  askMerge(tag) {
    const offers = this.tags().filter((other) => other.path !== tag.path);
    this.askPath(tag, { title: 'tagedit.merge_title', label: 'tagedit.target', value: '', hint: 'tagedit.merge_hint', verb: 'tagedit.merge_do', offers });
  }

  askNames(tag) {
    this.submit = async () => {};
    const field = namesField(this.dialog, tag, this.onChanged);
    showDialog(this.dialog, t('tagedit.names_title', { tag: tag.path }), el('div', { class: 'field' }, el('span', {}, t('tagedit.names')), field.element));
    showEffect(this.dialog, { text: t('tagedit.names_hint'), verb: 'close' });
    field.focus();
  }

  /** Gives a tag another path at once, as dragging does. */
  async move(old, path) {
    try {
      await this.rename(old, path);
    } catch (failure) {
      showFailure(failure);
    }
  }

  askPath(tag, words) {
    const field = el('input', { class: 'tag-path', value: words.value, autocomplete: 'off', spellcheck: false, maxLength: 400, 'aria-label': t(words.label), 'aria-describedby': 'tag-effect' });
    field.setAttribute('list', 'tag-paths');
    const update = () => showEffect(this.dialog, effectOf(tag, field.value, this.tags(), words));
    field.addEventListener('input', update);
    this.submit = async () => {
      const path = field.value.trim();
      await (existing(this.tags(), path) ? this.merge(tag.path, path) : this.rename(tag.path, path));
    };
    find('#tag-paths', this.dialog).replaceChildren(...words.offers.map((other) => el('option', { value: other.path })));
    showDialog(this.dialog, t(words.title, { tag: tag.path }), el('label', { class: 'field' }, el('span', {}, t(words.label)), field));
    update();
    field.focus();
    field.select();
  }

  async submitted() {
    try {
      await this.submit();
      this.dialog.close();
    } catch (failure) {
      showProblem(this.dialog, failureText(failure));
    }
  }

  async rename(old, path) {
    await this.renameTo(old, path);
    const undo = () => this.renameTo(path, old).catch(showFailure);
    showToast({ title: t('tagedit.renamed', { old, tag: path }), actions: [{ label: t('undo'), act: undo }] });
  }

  async renameTo(old, path) {
    await post('api/tags/rename', { old, new: path });
    await this.onChanged(old, path);
  }

  async merge(source, target) {
    await post('api/tags/merge', { sources: [source], target });
    await this.onChanged(source, target);
    showToast({ title: t('tagedit.merged', { source, target }) });
  }
}

/** What an entered path would do: another name, or one tag less. */
function effectOf(tag, typed, tags, { hint, verb }) {
  const path = typed.trim();
  if (path === '' || path === tag.path) return { text: t(hint), verb, idle: true };
  if (path.startsWith(`${tag.path}/`)) return { text: t('tagedit.below_itself'), verb, idle: true };
  const below = tags.filter((other) => other.path.startsWith(`${tag.path}/`)).length;
  const facts = { source: tag.path, target: path, n: tag.links_below, below };
  if (existing(tags, path)) return { text: t(below > 0 ? 'tagedit.merge_effect_below' : 'tagedit.merge_effect', facts), verb: 'tagedit.merge_do' };
  return { text: t(below > 0 ? 'tagedit.rename_effect_below' : 'tagedit.rename_effect', facts), verb: 'tagedit.rename_do' };
}

function existing(tags, path) {
  const wanted = path.toLowerCase();
  return tags.some((tag) => tag.path.toLowerCase() === wanted || tag.aliases.some((alias) => alias.toLowerCase() === wanted));
}

function namesField(dialog, tag, onChanged) {
  const change = async (path, alias) => {
    try {
      const answer = await post(path, { tag: tag.path, alias });
      await onChanged(tag.path, tag.path);
      return answer.tags.find((other) => other.path === tag.path)?.aliases ?? [];
    } catch (failure) {
      showProblem(dialog, failureText(failure));
      return null;
    }
  };
  return new TagField({
    tags: tag.aliases,
    completes: false,
    label: t('tagedit.names_add'),
    onAdd: (alias) => change('api/tags/alias', alias),
    onRemove: (alias) => change('api/tags/alias/remove', alias),
  });
}

function showDialog(dialog, title, content) {
  find('.tag-dialog-title', dialog).textContent = title;
  find('.tag-dialog-body', dialog).replaceChildren(content);
  showProblem(dialog, '');
  dialog.showModal();
}

function showEffect(dialog, { text, verb, idle = false }) {
  find('.tag-effect', dialog).textContent = text;
  const button = find('.tag-submit', dialog);
  button.textContent = t(verb);
  button.disabled = idle;
  showProblem(dialog, '');
}

function showProblem(dialog, text) {
  const place = find('.tag-problem', dialog);
  place.textContent = text;
  place.hidden = text === '';
}
