/** Rules in the window: which there are, what each would do, on and off, and a new one tried as it is written. */

import { get, post } from './api.js';
import { labelled, openSheet } from './dialog.js';
import { el, icon } from './dom.js';
import { t } from './i18n.js';
import { titleOf } from './row.js';
import { draftTags } from './tagfield.js';
import { namesOf } from './tagplan.js';
import { showFailure } from './toast.js';
import { offerTagUndo } from './undo.js';

const FIELDS = ['title', 'office', 'doc_number', 'note', 'lang'];

/** The rules of the library; `dialog` asks for a new one, `onChanged()` follows each change. */
export class Rules {
  constructor({ dialog, onChanged }) {
    this.dialog = dialog;
    this.onChanged = onChanged;
    this.list = null;
  }

  /** Shows all rules. */
  async open() {
    const add = el('button', { type: 'button', class: 'button primary', onclick: () => this.askNew({}) }, icon('plus'), el('span', {}, t('rules.new')));
    this.list = openSheet(t('rules.title'), t('rules.about'), [add]);
    await this.refresh();
  }

  async refresh() {
    if (!this.list?.isConnected) return;
    try {
      const { rules } = await get('api/rules');
      this.list.replaceChildren(...(rules.length > 0 ? rules.map((rule) => this.row(rule)) : [el('p', { class: 'sheet-empty' }, t('rules.none'))]));
      for (const rule of rules) await this.say(rule);
    } catch (failure) {
      showFailure(failure);
    }
  }

  row(rule) {
    const label = t(rule.is_on ? 'rules.switch_off' : 'rules.switch_on');
    const knob = el('button', { type: 'button', class: 'switch', role: 'switch', 'aria-checked': String(rule.is_on), 'aria-label': t('rules.one', { conditions: conditionText(rule) }), title: label, onclick: () => this.switch(rule, !rule.is_on, false) });
    const forget = el('button', { type: 'button', class: 'icon-button', 'aria-label': t('rules.remove'), title: t('rules.remove'), onclick: () => this.remove(rule) }, icon('trash'));
    return el('div', { class: 'sheet-row', 'data-rule': String(rule.rule_id) }, knob,
      el('div', { class: 'sheet-text' }, el('p', { class: 'sheet-main' }, ...ruleText(rule)), el('p', { class: 'sheet-note', role: 'status' }, '…')),
      el('span', { class: 'rule-apply' }), forget);
  }

  /** What a kept rule would do now, and the button that does it. */
  async say(rule) {
    const trial = await get(`api/rules/${rule.rule_id}/try`);
    const row = this.list?.querySelector(`[data-rule="${rule.rule_id}"]`);
    if (!row) return;
    row.querySelector('.sheet-note').textContent = t(trial.would_tag > 0 ? 'rules.fits_lack' : 'rules.fits', { n: trial.matching, lack: trial.would_tag });
    const apply = trial.would_tag > 0 && el('button', { type: 'button', class: 'button', onclick: () => this.switch(rule, true, true) }, t('rules.apply', { n: trial.would_tag }));
    row.querySelector('.rule-apply').replaceChildren(...(apply ? [apply] : []));
  }

  async switch(rule, on, apply) {
    await this.change(`api/rules/${rule.rule_id}/switch`, { on, apply }, (plan) => (apply ? t('rules.applied', { n: plan.links }) : t(on ? 'rules.is_on' : 'rules.is_off')));
  }

  async remove(rule) {
    await this.change(`api/rules/${rule.rule_id}/remove`, {}, () => t('rules.removed'));
  }

  async change(path, body, words) {
    try {
      const { plan, undo_ids: undoIds } = await post(path, body);
      await this.changed();
      offerTagUndo(words(plan), undoIds, () => this.refresh());
    } catch (failure) {
      showFailure(failure);
    }
  }

  async changed() {
    await Promise.all([this.onChanged(), this.refresh()]);
  }

  /** Asks for a rule; what it would do is said as it is written. */
  askNew(known) {
    const form = ruleForm(known, () => this.tryNew(form));
    this.dialog.open({
      title: t('rules.new_title'),
      body: form.parts,
      isWide: true,
      submit: async () => {
        const apply = form.applies();
        const { plan, undo_ids: undoIds } = await post('api/rules', { rule: form.rule(), switch: { on: true, apply } });
        await this.changed();
        offerTagUndo(apply ? t('rules.applied', { n: plan.links }) : t('rules.is_on'), undoIds, () => this.refresh());
      },
    });
    this.tryNew(form);
    form.focus();
  }

  tryNew(form) {
    const rule = form.rule();
    const { tags, site, path, text, field, value } = rule;
    if (tags.length === 0 || !(site || path || text || (field && value))) {
      form.examples([]);
      this.dialog.say({ text: t('rules.hint'), verb: 'rules.do', idle: true });
      return;
    }
    this.dialog.sayLater('rules.do', async () => {
      const trial = await post('api/rules/try', rule);
      form.examples(trial.examples);
      return t(form.applies() ? 'rules.would_tag' : 'rules.would_not', { n: trial.would_tag, fit: trial.matching, names: namesOf(tags) });
    });
  }
}

function ruleForm(known, onChange) {
  const tags = draftTags(onChange, known.tags ?? []);
  const line = (name, hint) => el('input', { type: 'text', class: `rule-${name}`, autocomplete: 'off', spellcheck: false, value: known[name] ?? '', placeholder: t(hint), oninput: onChange });
  const [site, path, text, value] = [line('site', 'rules.site_hint'), line('path', 'rules.path_hint'), line('text', 'rules.text_hint'), line('value', 'rules.value_hint')];
  const field = el('select', { class: 'rule-field', onchange: onChange, 'aria-label': t('rules.field') }, ...FIELDS.map((name) => el('option', { value: name }, t(`rulefield.${name}`))));
  const apply = el('input', { type: 'checkbox', checked: true, class: 'rule-now', onchange: onChange });
  const shown = el('ul', { class: 'examples', 'aria-label': t('rules.examples') });
  const typed = ({ value: entered }) => entered.trim();
  return {
    parts: [
      el('div', { class: 'fields' }, labelled(t('rules.site'), site), labelled(t('rules.path'), path), labelled(t('rules.text'), text),
        el('div', { class: 'field' }, el('span', {}, t('rules.field')), el('div', { class: 'field-pair' }, field, value))),
      el('div', { class: 'field' }, el('span', {}, t('rules.tags')), tags.element),
      el('label', { class: 'radio' }, apply, t('rules.apply_too')), shown,
    ],
    rule: () => ({ tags: tags.tags, site: typed(site), path: typed(path), text: typed(text), field: typed(value) ? field.value : '', value: typed(value) }),
    applies: () => apply.checked,
    examples: (links) => shown.replaceChildren(...links.map((link) => el('li', { title: link.url }, titleOf(link)))),
    focus: () => site.focus(),
  };
}

function ruleText(rule) {
  return [el('span', {}, conditionText(rule)), el('span', { class: 'rule-arrow', 'aria-hidden': 'true' }, '→'), ...rule.tags.map((tag) => el('span', { class: 'chip' }, el('span', { class: 'chip-text' }, tag)))];
}

function conditionText({ site, path, text, field, value }) {
  return [
    site && t('rules.if_site', { site }),
    path && t('rules.if_path', { path }),
    text && t('rules.if_text', { text }),
    field && t('rules.if_field', { field: t(`rulefield.${field}`), value }),
  ].filter(Boolean).join(t('names.between'));
}
