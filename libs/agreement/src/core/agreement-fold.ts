import { type Fold, upcastBy } from '@concordat/journal/core';
import type { JsonObject } from '@concordat/platform/core';
import { type Agreement, initialAgreement } from './agreement.js';
import type { AgreementEvent, AgreementEventType, EventOf } from './event.js';
import { agreementEventTypes, evolve } from './evolve.js';

type EventOfAgreement = Extract<AgreementEvent, { readonly type: AgreementEventType }>;

type Upcasts = Fold<Agreement, EventOfAgreement>['upcasts'];

/** These, and the same within what was brought over from another organisation, however often it was: an envelope holds data as old as its event. */
export function alsoBroughtOver(upcasts: Upcasts): Upcasts {
  const within = (envelope: JsonObject): JsonObject => {
    const event = envelope as { readonly type: string; readonly data: JsonObject };
    return upcastBy({ upcasts: all }, event) as JsonObject;
  };
  const all: Upcasts = { ...upcasts, 'concordat.agreement.brought-over.v1': within };
  return all;
}

/** Until later why what somebody did was wrong on record stood there in clear; it is read by nobody now. */
const withoutWhyInClear = ({ why, ...data }: JsonObject): JsonObject => ({ ...data, ...(why !== undefined && typeof why !== 'string' && { why }) });

const each = (all: unknown, known: JsonObject): readonly JsonObject[] => (all as JsonObject[]).map((one) => ({ ...known, ...one }));

/** How an `agreement-` stream becomes an agreement. */
export const agreementFold: Fold<Agreement, EventOfAgreement> = {
  kind: 'agreement',
  number: 94,
  initial: initialAgreement,
  types: agreementEventTypes,
  upcasts: alsoBroughtOver({
    // Until later whoever imported it was taken to have said that nothing raises its tier.
    'concordat.agreement.taken-over.v1': (data) => ({ raisesSaid: true, ...data }),
    // Until then what groups told and were asked in a whole that was split stayed in it; and until later nobody knew how large a risk was when they were asked, that it stays to be seen, who raised it, who said that nobody wished to, who agreed to an obligation, or that an incident is withdrawn; nor since when the law’s clocks ran there.
    'concordat.agreement.split-off.v1': ({ along, commitments, ...data }) => {
      const { statements = [], risk = [], nobodyWished = [], incidents = [], ...rest } = along as JsonObject;
      return { since: null, ...data, commitments: each(commitments, { theme: null }), along: { groupsAsked: [], agreedBy: {}, ...rest, statements: each(statements, { sizes: {} }), risk: each(risk, { escalated: null, hands: [] }), nobodyWished: each(nobodyWished, { saidBy: [] }), incidents: each(incidents, { recordedBy: null, withdrawn: null }) } };
    },
    // Until later a promise went along without what it answered.
    'concordat.agreement.carried-on.v1': ({ commitments, ...data }) => ({ ...data, commitments: each(commitments, { theme: null }) }),
    // Until later one person alone said of somebody that they cannot be reached, and nothing of what was tried.
    'concordat.agreement.feedback-recorded.v1': (data) => ({ tried: [], ...data }),
    'concordat.agreement.what-came-of-it-told.v1': (data) => ({ tried: [], ...data }),
    'concordat.agreement.reversal-told.v1': (data) => ({ tried: [], ...data }),
    'concordat.agreement.effort-recorded.v1': withoutWhyInClear,
    'concordat.agreement.assessment-recorded.v1': withoutWhyInClear,
    'concordat.agreement.commitment-broken.v1': (data) => ({ theme: null, toldIn: null, ...data }),
    // Until then what was undone where it goes on stayed unknown where people gave it.
    'concordat.agreement.answer-reversed.v1': (data) => ({ toldIn: null, ...data }),
    // Until then nobody asked whose word it was.
    'concordat.agreement.invitation-declined.v1': (data) => ({ forThem: false, ...data }),
    // Until later the charity that somebody named stood there in clear; it is read by nobody now.
    'concordat.agreement.payment-offer-answered.v1': ({ answer, ...data }) => {
      const { charity: _, ...said } = answer as JsonObject;
      return { forThem: false, charity: null, ...data, answer: said };
    },
    // Until later what was said to one person alone stood there in clear; it is read by nobody now.
    'concordat.agreement.contribution-answered.v1': ({ response, ...data }) => {
      const { reasons: _, changed: __, ...outcome } = response as JsonObject;
      return { reasons: null, changed: null, ...data, response: outcome };
    },
    // Until then it was not said what gave the power to decide, and members could not call it in; until later, not what was read and weighed.
    'concordat.agreement.variation-decided.v1': (data) => ({ scheme: '', key: { is: 'not-key' }, callIn: { is: 'not-open' }, version: null, weighed: null, ...data }),
    // Until then nobody signed for it.
    'concordat.agreement.urgency-recorded.v1': (data) => ({ content: null, material: [], ...data }),
    // Until then nobody compared what was asked before, and why was not asked.
    'concordat.agreement.pathway-migrated.v1': (data) => ({ asksNoMore: [], reason: null, ...data }),
    // Until then it was asked of what stands in this organisation. Only from a framework is anything called off by this route. Until later nothing came along of what people gave.
    'concordat.agreement.called-off.v1': (data) => ({ fromKind: (data['route'] as { readonly id: string }).id === 'framework-call-off' ? 'framework' : null, root: null, themes: [], evidence: [], ...data }),
  }),
  evolve: (agreement, event) => evolve(agreement, event as { [T in AgreementEventType]: EventOf<T> }[AgreementEventType]),
};
