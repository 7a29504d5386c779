import type { Missing } from '@concordat/journal/core';
import { type Happening, id, people, type Scene, type Who } from './given.js';
import { ada, missingAt } from './given-involvement.js';
import { type BearerGroup, noLevels } from './risk.js';
import type { View } from './statement.js';

// For specs: who carries a risk, is asked for their view, and gives it.

export const score = { likelihood: 3, impact: 3 };
export const carried = (risk: string, ...bearers: BearerGroup[]): Happening => [
  'concordat.agreement.risk-raised.v1',
  { risk, title: risk, domain: 'service', bearers, owner: people.commissioner, levels: noLevels, reviewOn: null, on: '2026-06-01', scores: { 'co-produced': score, 'professional-only': score, 'not-acting': score } },
];
export const ask = { statement: id(81), group: 'carers', of: 'carer-led-body', form: 'easy-read', advocacyOffered: true } as const;
export const sought = (askedOn = '2026-06-01', stage = 'design'): Happening => [
  'concordat.agreement.statement-sought.v1', { ...ask, stage, risks: ['burden'], askedOn },
];
export const spoken = (view: View): Happening => [
  'concordat.agreement.statement-recorded.v1', { statement: ask.statement, view, spokenBy: ada, words: { subject: ada, sealed: 'b64' } }, 'representative',
];
export const reply = { statement: ask.statement, reply: 'We pay for respite first.', secondPerson: people.colleague } as const;

/** What the gate still asks of those who carry the top ten risks. */
export const stillAsked = (scene: Scene): readonly Missing[] => missingAt(scene, 'risk.statements-sought', { top: 10 });

/** The two are found to be one human being. */
export const twins = (scene: Scene, one: Who, other: Who): Scene =>
  scene.knowing(one, { identities: [{ person: people[other], provider: null }] }).knowing(other, { identities: [{ person: people[one], provider: null }] });
/** They are found to work for a provider. */
export const ofProvider = (scene: Scene, who: Who): Scene => scene.knowing(who, { identities: [{ person: people.signatory, provider: id(2) }] });
