// Everything a person sees exists in both languages, and nothing is there that nobody uses.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { ACTIONS, EXTENSION_CODES, HOST_CODES } from '../../extension/shared/protocol.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** @param {string} path */
const read = (path) => readFileSync(root + path, 'utf-8');
/** @param {string} locale @returns {Record<string, { message: string }>} */
const words = (locale) => JSON.parse(read(`extension/_locales/${locale}/messages.json`));
const en = words('en');
const zh = words('zh_CN');
/** Keys put together from a value: a step, a code, a reason. */
const MADE = /^(step|item|error|reason|warning)_/;

function sources() {
  const folders = ['background', 'popup', 'options', 'shared'];
  const files = folders.flatMap((folder) => readdirSync(`${root}extension/${folder}`).map((name) => `extension/${folder}/${name}`));
  return [...files, 'extension/manifest.json'].map(read).join('\n');
}

test('both locales have the same keys', () => assert.deepEqual(Object.keys(zh), Object.keys(en)));

test('both locales take the same facts', () => {
  /** @param {Record<string, { message: string }>} all */
  const facts = (all) => Object.entries(all).map(([key, { message }]) => [key, ...(message.match(/\$\d/g) ?? []).sort()]);
  assert.deepEqual(facts(zh), facts(en));
});

test('every key is used', () => {
  const text = sources();
  const unused = Object.keys(en).filter((key) => !MADE.test(key) && !new RegExp(`['"_]${key}(['"]|__)`).test(text));
  assert.deepEqual(unused, []);
});

test('every key that is used is there', () => {
  const asked = [...sources().matchAll(/(?:message\(|button\(|data-words(?:-[-a-z]+)?=)['"](\w+)['"]|__MSG_(\w+)__/g)];
  const absent = asked.map(([, key, own]) => key ?? own ?? '').filter((key) => !(key in en));
  assert.deepEqual(absent, []);
});

test('a failure claims no page in the outbox: that is said where one waits', () => {
  const claims = [en, zh].flatMap((all) => Object.entries(all).filter(([key, { message }]) => /^error_/.test(key) && /outbox|发件箱/.test(message)));
  assert.deepEqual([...new Set(claims.map(([key]) => key))], ['error_outbox_full']);
});

test('every code has a message', () => {
  const absent = [...EXTENSION_CODES, ...HOST_CODES].filter((code) => !(`error_${code}` in en));
  assert.deepEqual(absent, []);
});

test('the wire’s actions and codes are those of PROTOCOL.md', () => {
  const text = read('host/PROTOCOL.md');
  const actions = new Set([...text.matchAll(/^\| `([a-z]+(?:\.[a-z]+)?)` \| .*\| .*\|$/gm)].map(([, name]) => name));
  for (const action of Object.values(ACTIONS)) assert.ok(actions.has(action), action);
  for (const code of EXTENSION_CODES) assert.ok(text.includes(`| \`${code}\` |`), code);
});

test('every code of the host is a class of errors', () => {
  const codes = new Set([...all('host/linkshot/errors', '.py').matchAll(/^ {4}code = "(\w+)"/gm)].map(([, code]) => code));
  assert.deepEqual(HOST_CODES.filter((code) => !codes.has(code)), []);
});

/** @param {string} text @param {RegExp} pattern */
const found = (text, pattern) => [...text.matchAll(pattern)].flatMap((match) => match.slice(1)).filter(Boolean);
/** All files of a folder with this ending as one text. @param {string} folder @param {string} ending */
const all = (folder, ending) =>
  readdirSync(root + folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => read(`${folder}/${name}`))
    .join('\n');

test('every reason of a receipt has words', () => {
  const inject = all('extension/inject', '.js');
  const own = ['refused', 'failed', 'timeout', 'too_large', ...found(inject, /reason: '(\w+)'/g), ...found(all('extension/background', '.js'), /reason: '(\w+)'/g)];
  const lost = found(/lostReason = [^]*?\};/.exec(inject)?.[0] ?? '', /'([a-z_]+)'/g).filter((word) => word !== 'blob');
  const gather = read('host/linkshot/capture/http_gather.py');
  const host = [...found(gather, /reason="(\w+)"/g), ...found(gather, /return "(\w+)"/g), ...found(read('host/linkshot/capture/http_fetch.py'), /"\w+": "(\w+)",/g)];
  const absent = [...own, ...lost, ...host].filter((reason) => !(`reason_${reason}` in en));
  assert.deepEqual(absent, []);
});

test('the window and the command line have words for every reason that the popup has', () => {
  const reasons = Object.keys(en).flatMap((key) => found(key, /^reason_(\w+)$/g)).sort();
  const shown = Object.keys(JSON.parse(read('host/linkshot/viewer/pages/i18n/zh.json'))).flatMap((key) => found(key, /^reason\.(\w+)$/g));
  assert.deepEqual(shown.sort(), [...reasons, 'status'].sort());
  const table = /REASONS = \{[^]*?\n\}/.exec(read('host/linkshot/cli/receipt.py'))?.[0] ?? '';
  assert.deepEqual(found(table, /"(\w+)": Phrase/g).sort(), reasons);
});

test('every warning of a receipt has words', () => {
  const inject = all('extension/inject', '.js');
  const pushed = found(inject, /warnings\.(?:add|push)\(([^)]*)\)/g).flatMap((given) => found(given, /'(\w+)'/g));
  const own = found(all('extension/background', '.js'), /\['(\w+)'\] : \[\]/g);
  const assigned = /^[A-Z_]+(?:: Final)? = "([a-z]+(?:_[a-z0-9]+)*)"/gm;
  const host = found(read('host/linkshot/capture/keep.py'), assigned).concat(found(read('host/linkshot/capture/http.py'), assigned));
  const page = readdirSync(`${root}host/linkshot/page`).includes('warnings.py') ? found(read('host/linkshot/page/warnings.py'), assigned) : [];
  const absent = ['not_settled', ...pushed, ...own, ...host, ...page].filter((code) => !(`warning_${code}` in en));
  assert.deepEqual(absent, []);
});

test('Chinese sentences have full-width marks', () => {
  const half = Object.entries(zh).filter(([, { message }]) => /[\u4e00-\u9fff][,:;!?()]|[,:;!?()][\u4e00-\u9fff]/.test(message));
  assert.deepEqual(half, []);
});
