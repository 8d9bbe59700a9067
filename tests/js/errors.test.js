// What is said about a failure.

import assert from 'node:assert/strict';
import { test } from 'node:test';

// the module asks for the browser as it loads
/** @type {Record<string, string>} */
const words = { error_host_missing: 'No host.', waiting_kept: '$1 It waits.', waiting_sent_again: '$1 It is sent again.' };
const getMessage = (/** @type {string} */ key, /** @type {string[]} */ facts) => (words[key] ?? '').replace('$1', facts[0] ?? '');
Object.assign(globalThis, { chrome: { i18n: { getMessage } } });
const { errorMessage, waitingMessage } = await import('../../extension/shared/words.js');
const { HostError } = await import('../../extension/shared/protocol.js');

test('the words of the host come first', () => assert.equal(errorMessage(new HostError('host_missing', 'Gone.')), 'Gone.'));

test('an error without words is said in ours', () => assert.equal(errorMessage(new HostError('host_missing')), 'No host.'));

test('a code that nobody knows is named', () => assert.match(errorMessage(new HostError('odd')), /error_unknown/));

test('of a page that waits it is said that it is sent again', () =>
  assert.equal(waitingMessage(new HostError('host_missing')), 'No host. It is sent again.'));

test('of a page that is refused it is said that it is still there', () =>
  assert.equal(waitingMessage(new HostError('tag_empty', 'No tag.')), 'No tag. It waits.'));
