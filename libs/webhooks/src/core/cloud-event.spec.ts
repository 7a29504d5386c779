import { expect, test } from '@jest/globals';
import type { RecordedEvent } from '@concordat/journal/core';
import { cloudEvent } from './index.js';

const event: RecordedEvent = {
  id: '0197a000-0000-7000-8000-000000000001',
  stream: 'agreement-0197a000-0000-7000-8000-00000000000a',
  type: 'concordat.agreement.stage-entered.v1',
  data: { stage: 'award', from: 'sourcing' },
  position: 41,
  version: 9,
  recordedAt: '2026-06-01T09:00:00.000001Z',
  meta: { actor: 'someone', command: 'request-gate', commandId: 'c', correlationId: 'corr', causationId: 'cause' },
};
const rendered = { event, agreement: 'a', sequence: 7, data: { stage: 'award', from: 'sourcing' }, publicUrl: 'https://c.example' };

test('an event has the shape of CloudEvents 1.0 and of Standard Webhooks, numbered for its party', () => {
  expect(cloudEvent(rendered)).toEqual({
    specversion: '1.0',
    id: event.id,
    source: 'https://c.example/api/v1/agreements/a',
    type: 'concordat.agreement.stage-entered.v1',
    subject: 'a',
    time: '2026-06-01T09:00:00.000001Z',
    timestamp: '2026-06-01T09:00:00.000001Z',
    sequence: '0000000007',
    datacontenttype: 'application/json',
    dataschema: 'https://c.example/api/schemas/events/concordat.agreement.stage-entered.v1',
    dataclassification: 'parties',
    correlationid: 'corr',
    causationid: 'cause',
    data: { stage: 'award', from: 'sourcing' },
  });
});

test('a thin event says that something happened and where to ask, and no more', () => {
  const { data, dataref, dataclassification } = cloudEvent({ ...rendered, data: null });
  expect({ data, dataref, dataclassification }).toEqual({
    data: { agreement: 'a' },
    dataref: 'https://c.example/api/v1/agreements/a',
    dataclassification: 'thin',
  });
});

test('who acted does not leave the house', () => {
  expect(JSON.stringify(cloudEvent(rendered))).not.toContain('someone');
});

test('attribute names are lower-case letters and digits, at most 20', () => {
  for (const name of Object.keys(cloudEvent({ ...rendered, data: null }))) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
});
