// What is said about a failure.

import assert from 'node:assert/strict';
import { test } from 'node:test';

// the module asks for the browser as it loads
Object.assign(globalThis, { chrome: { i18n: { getMessage: (/** @type {string} */ key) => (key === 'error_host_missing' ? 'No host.' : '') } } });
const { errorMessage } = await import('../../extension/shared/words.js');
const { HostError } = await import('../../extension/shared/protocol.js');

test('the words of the host come first', () => assert.equal(errorMessage(new HostError('host_missing', 'Gone.')), 'Gone.'));

test('an error without words is said in ours', () => assert.equal(errorMessage(new HostError('host_missing')), 'No host.'));

test('a code that nobody knows is named', () => assert.match(errorMessage(new HostError('odd')), /error_unknown/));
