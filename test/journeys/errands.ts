import type { Role } from '@concordat/access/core';
import { Consumers, verifyLines } from '@concordat/journal';
import { newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { expect } from '@jest/globals';
import { succeeded } from './client.js';
import type { TestInstallation } from './installation.js';
import type { Journey } from './journey.js';

// No gate waits for an auditor, a publisher, an administrator or a provider's administrator, and not each for everybody else. What they
// are there for they do on the way, and what they are not there for they are refused.

/** Where somebody runs an errand. */
export interface Way {
  readonly here: TestInstallation;
  readonly journey: Journey;
  readonly provider: string;
  readonly tenant: string;
  readonly today: string;
}

/** What somebody of this role does while the agreement stands in this stage of the standard pathway. */
export interface Errand {
  readonly stage: string;
  readonly role: Role;
  readonly does: string;
  readonly run: (way: Way) => Promise<void>;
}

const [publication, concern] = [newId(), newId()];
const notice = { publication, duty: 's.21 Procurement Act 2023' };
const mayNot = async ({ journey }: Way, role: Role, commands: Readonly<Record<string, object>>): Promise<void> => {
  for (const [name, body] of Object.entries(commands)) expect([role, name, Object.keys(await journey.refused(role, name, body))]).toEqual([role, name, ['right.missing']]);
};

export const errands: readonly Errand[] = [
  {
    stage: 'needs', role: 'administrator', does: 'sets within how many days a risk is scored anew, and may approve, decide and move nothing',
    run: async (way) => {
      const { body: settings } = await way.here.as('administrator').get('/api/v1/risk-settings');
      succeeded('risk-settings', await way.here.as('administrator').post('/api/v1/risk-settings', { ...settings, rescoreDays: 21 }));
      const signOff = await way.journey.askedFor('sponsor');
      await mayNot(way, 'administrator', {
        'sign-off': { signOff, versionRead: (await way.journey.seen()).content['sponsor'], outcome: { is: 'granted' } },
        'request-gate': { stage: 'needs' },
        'withdraw-sign-off': { signOff, reason: 'It is mine to keep house.' },
      });
    },
  },
  {
    stage: 'sourcing', role: 'publisher', does: 'plans what goes out, and is refused before its day and before the official notice',
    run: async ({ journey, today }) => {
      await journey.did('publisher', 'plan-publication', { publication, of: { is: 'release', notice: 'UK4', ocid: 'ocds-h6vhtk-04a1b2' }, releaseWhen: { is: 'day', on: addDays(today, 1) } });
      expect(Object.keys(await journey.refused('publisher', 'publish', notice))).toEqual(['publication.embargoed', 'publication.notice-first']);
    },
  },
  {
    stage: 'mobilisation', role: 'publisher', does: 'publishes it, and whoever has no key reads it',
    run: async (way) => {
      await way.journey.did('publisher', 'publish', notice);
      const out = await way.here.with().get<{ releases: object[] }>(`/published/${way.tenant}/${way.journey.id}/releases.json`);
      expect([out.status, out.body.releases]).toMatchObject([200, [{ ocid: 'ocds-h6vhtk-04a1b2', tag: ['tender'] }]]);
      await mayNot(way, 'publisher', { 'amend-facts': { facts: { place: 'Leith' } }, 'publish-award-notice': { publishedOn: way.today, reference: 'UK6-2' } });
    },
  },
  {
    stage: 'mobilisation', role: 'provider-admin', does: 'registers a server that hears of it, and may accept and confirm nothing',
    run: async (way) => {
      const admin = way.here.as('provider-admin');
      succeeded('register-endpoint', await admin.post('/api/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/hook' }));
      await mayNot(way, 'provider-admin', { 'confirm-readiness': { startsOn: way.today, says: 'Ready.' } });
      expect((await admin.get(`/api/v1/agreements/${way.journey.id}/risk`)).status).toBe(404);
    },
  },
  {
    stage: 'delivery', role: 'provider-admin', does: 'raises a concern, which the contract manager answers, and finds on its server what it is told of',
    run: async ({ here, journey, provider, tenant, today }) => {
      await journey.did('provider-admin', 'raise-provider-concern', { concern, provider, about: 'Keys are handed over late.', raisedOn: today });
      await journey.did('contract-manager', 'answer-provider-concern', { concern, answer: 'They lie at the desk from Monday.', on: today });
      await here.app.get(Consumers).runAll(tenant);
      const admin = here.as('provider-admin');
      const servers = (await admin.get<{ items: { endpoint: string; provider: string }[] }>('/api/v1/webhook-endpoints')).body.items;
      expect(servers.map((server) => server.provider)).toEqual([provider]);
      const { body } = await admin.get<{ items: { agreement: string; type: string }[] }>(`/api/v1/webhook-endpoints/${servers[0]?.endpoint}/deliveries`);
      expect(body.items.filter(({ agreement }) => agreement === journey.id).map(({ type }) => type)).toContain('concordat.agreement.provider-concern-answered.v1');
    },
  },
  {
    stage: 'close', role: 'auditor', does: 'reads it as it stands and stood, checks the whole chain, and may write nothing',
    run: async (way) => {
      const auditor = way.here.as('auditor');
      const { stage, version } = await way.journey.seen('auditor');
      const { body } = await auditor.get<{ items: { type: string }[] }>(`/api/v1/agreements/${way.journey.id}/history?limit=1`);
      expect([stage, body.items.map(({ type }) => type)]).toEqual(['close', ['concordat.agreement.opened.v1']]);
      const { text } = succeeded('journal', await auditor.get('/api/v1/journal'));
      const { tenants } = await verifyLines(text.trim().split('\n'));
      expect(tenants.map(({ ok, events }) => [ok, events > version])).toEqual([[true, true]]);
      await mayNot(way, 'auditor', { 'amend-facts': { facts: { place: 'Leith' } }, 'request-gate': { stage: 'close' }, 'record-dissent': { dissent: newId(), dissenter: way.here.person('auditor').person, from: 'evaluation', words: 'No.' } });
    },
  },
];

/** For whom no gate of a pathway waits in the tier standard. */
export const noGateAsks: Readonly<Record<string, readonly Role[]>> = {
  standard: ['advocate', 'provider-admin', 'auditor', 'publisher', 'administrator'],
  grant: ['advocate', 'provider-admin', 'provider-operator', 'contract-manager', 'finance', 'auditor', 'elected-member', 'publisher', 'administrator'],
  'call-off': ['risk-owner', 'representative', 'advocate', 'provider-admin', 'provider-operator', 'finance', 'auditor', 'elected-member', 'publisher', 'administrator'],
  placement: ['senior-responsible-owner', 'risk-owner', 'representative', 'advocate', 'provider-admin', 'provider-operator', 'contract-manager', 'finance', 'auditor', 'elected-member', 'publisher', 'administrator'],
  'extend-or-vary': ['senior-responsible-owner', 'risk-owner', 'representative', 'advocate', 'provider-admin', 'provider-operator', 'finance', 'auditor', 'elected-member', 'publisher', 'administrator'],
  decommission: ['representative', 'provider-admin', 'provider-operator', 'provider-signatory', 'finance', 'auditor', 'elected-member', 'publisher', 'administrator'],
  urgent: ['senior-responsible-owner', 'risk-owner', 'representative', 'advocate', 'provider-admin', 'provider-operator', 'contract-manager', 'finance', 'auditor', 'elected-member', 'publisher', 'administrator'],
};

const declares = (role: Role) => ({ journey }: Way) => journey.declaredNoConflict(role);
const dissents = (role: Role) => ({ here, journey }: Way) => journey.did(role, 'record-dissent', { dissent: newId(), dissenter: here.person(role).person, from: 'decision', words: 'Too dear.' });
// Of whom is placed nothing is said in words, and what is extended, varied or ended is delivered in the agreement that was awarded.
const isSilent = (pathway: string): boolean => ['placement', 'extend-or-vary', 'decommission'].includes(pathway);
const isHeard = (role: Role) => (way: Way, pathway: string) =>
  isSilent(pathway) ? declares(role)(way) : way.journey.did(role, 'raise-provider-concern', { concern: newId(), provider: way.provider, about: 'Keys are handed over late.', raisedOn: way.today });
const meets = (way: Way, pathway: string) =>
  isSilent(pathway)
    ? declares('contract-manager')(way)
    : way.journey.did('contract-manager', 'hold-review-meeting', { meeting: newId(), on: way.today, present: 'Both of us', minutes: { reference: 'DMS/3', title: 'Minutes' } });

/** What they do there all the same: something that people of their role may. */
const ofTheirOwn: Readonly<Partial<Record<Role, (way: Way, pathway: string) => Promise<void>>>> = {
  'senior-responsible-owner': declares('senior-responsible-owner'),
  'risk-owner': declares('risk-owner'),
  finance: declares('finance'),
  representative: dissents('representative'),
  advocate: dissents('advocate'),
  'elected-member': dissents('elected-member'),
  'provider-admin': isHeard('provider-admin'),
  'provider-operator': isHeard('provider-operator'),
  'provider-signatory': declares('provider-signatory'),
  'contract-manager': meets,
  publisher: ({ journey, today }) => journey.did('publisher', 'plan-publication', { publication: newId(), of: { is: 'release', notice: 'award-notice', ocid: 'ocds-h6vhtk-04a1b2' }, releaseWhen: { is: 'day', on: addDays(today, 1) } }),
  administrator: (way) => mayNot(way, 'administrator', { 'request-gate': { stage: 'close' }, hold: { reason: 'It is mine to keep house.' } }),
  auditor: async (way) => {
    succeeded('reading', await way.here.as('auditor').get(`/api/v1/agreements/${way.journey.id}/history?limit=1`));
    await mayNot(way, 'auditor', { 'amend-facts': { facts: { place: 'Leith' } }, 'request-gate': { stage: 'close' } });
  },
};

/** All for whom no gate of this pathway waits. @returns who did something. */
export async function runTheirOwn(pathway: string, way: Way): Promise<readonly Role[]> {
  const theirs = noGateAsks[pathway]!.filter((role) => !(pathway === 'standard' && errands.some((errand) => errand.role === role)));
  for (const role of theirs) await ofTheirOwn[role]!(way, pathway);
  return theirs;
}
