import type { Right } from '@concordat/access/core';

/** A thing of the scene that a path names, or a member of it that is named by its path parameter. */
export type Thing = 'agreement' | 'person' | 'endpoint' | 'operation' | 'key' | 'contract' | 'import' | 'register' | 'keptRow';

/**
 * Who sees the thing a route is about, of those who hold the right: everybody of the organisation, its own people and the
 * providers that are a party, its own people alone (others do not find it, or are told that they may not), the provider
 * whose it is and who keeps house, or whoever made it.
 */
export type Seen = 'by-all' | 'by-organisation' | 'by-organisation-alone' | 'by-parties' | 'by-its-provider' | 'by-its-owner' | 'by-owner-and-manager';

/** What must be true of one operation, whoever calls it. */
export interface Row {
  /** The right it asks; `signed-in` where any key will do, `nobody` where none is needed. */
  readonly asks: Right | 'signed-in' | 'nobody';
  readonly about?: Thing;
  readonly seen: Seen;
  /** What stands in the path beside the thing, and in the query where one is needed. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  /** A body that suits it; made from its schema where there is none here. */
  readonly body?: unknown;
  /** What is sent where the body is a file. */
  readonly file?: string;
}

const open = (path: Row['path'] = {}): Row => ({ asks: 'nobody', seen: 'by-all', path });
const list = (asks: Row['asks'], more: Partial<Row> = {}): Row => ({ asks, seen: 'by-all', ...more });
const command = (asks: Right): Row => ({ asks, about: 'agreement', seen: 'by-parties' });
const beginning = (asks: Right): Row => ({ asks, about: 'agreement', seen: 'by-all' });

/** One row an operation of the OpenAPI document. A route is let in when somebody has said here who may see what through it. */
export const routeTable: Readonly<Record<string, Row>> = {
  readMe: list('signed-in'),
  listWork: list('signed-in'),
  readPreferences: list('signed-in'),
  choosePreferences: list('signed-in'),

  listAgreements: list('agreement.read'),
  openAgreement: list('agreement.open'),
  readAgreement: { asks: 'agreement.read', about: 'agreement', seen: 'by-parties' },
  readGate: { asks: 'agreement.read', about: 'agreement', seen: 'by-organisation' },
  readHistory: { asks: 'agreement.read', about: 'agreement', seen: 'by-organisation' },
  readInvolvement: { asks: 'agreement.read', about: 'agreement', seen: 'by-parties' },
  readInvolvementOverTime: list('agreement.read'),
  listStuckAgreements: list('agreement.read'),
  listAskedBefore: { asks: 'agreement.read', about: 'agreement', seen: 'by-organisation' },
  readRisk: { asks: 'agreement.read', about: 'agreement', seen: 'by-organisation' },
  listConsultations: { asks: 'agreement.read', about: 'agreement', seen: 'by-organisation' },
  importContributions: { asks: 'involvement.contribute', about: 'agreement', seen: 'by-organisation', query: '?activity=00000000-0000-4000-8000-000000000000', file: '[]' },
  listContributions: { asks: 'agreement.read', about: 'agreement', seen: 'by-parties' },
  listConcerns: { asks: 'involvement.manage', about: 'agreement', seen: 'by-organisation' },
  readFeed: list('event.read'),

  'open-agreement': beginning('agreement.open'),
  'take-over-agreement': beginning('agreement.open'),
  'record-notice': command('agreement.open'),
  'amend-facts': command('agreement.edit'),
  'request-gate': command('agreement.move'),
  'return-to-stage': command('agreement.move'),
  hold: command('agreement.move'),
  resume: command('agreement.move'),
  cancel: command('agreement.cancel'),
  'record-what-people-do': command('involvement.manage'),
  'take-off-record': command('involvement.manage'),
  'record-stages-that-matter': command('involvement.manage'),
  'plan-involvement': command('involvement.manage'),
  'plan-activity': command('involvement.manage'),
  'void-activity': command('involvement.manage'),
  'record-attendance': command('involvement.manage'),
  'record-effort': command('involvement.manage'),
  'record-joint-decision': command('involvement.manage'),
  'record-could-it-change': command('involvement.take-part'),
  'invite-participant': command('involvement.manage'),
  'accept-invitation': command('involvement.take-part'),
  'decline-invitation': command('involvement.take-part'),
  'record-nobody-wished': command('involvement.manage'),
  'choose-ask-budget': command('involvement.take-part'),
  'record-asked-what-people-do': command('involvement.manage'),
  'record-vote': command('involvement.manage'),
  'choose-interests': command('involvement.take-part'),
  'carry-over': command('involvement.manage'),
  'answer-carry-over': command('involvement.confirm'),
  'issue-information': command('involvement.manage'),
  'record-information-given': command('involvement.manage'),
  'record-benefits-advice': command('involvement.manage'),
  'offer-payment': command('involvement.manage'),
  'answer-payment-offer': command('involvement.take-part'),
  'record-dissent': command('dissent.record'),
  'record-no-dissent': command('involvement.manage'),
  'record-proxy-entry': command('involvement.manage'),
  'record-contribution': command('involvement.contribute'),
  'triage-contribution': command('involvement.manage'),
  'pass-on-concern': command('involvement.manage'),
  'choose-who-sees': command('involvement.take-part'),
  'note-late-entries': command('decision.record'),
  'create-theme': command('involvement.manage'),
  'put-in-theme': command('involvement.manage'),
  'answer-theme': command('involvement.manage'),
  'ask-for-own-answer': command('involvement.take-part'),
  'answer-contribution': command('involvement.manage'),
  'rate-answer': command('involvement.take-part'),
  'check-answer': command('involvement.manage'),
  'record-feedback': command('involvement.manage'),
  'tell-what-came-of-it': command('involvement.manage'),
  'record-whether-heard': command('involvement.take-part'),
  'make-commitment': command('involvement.manage'),
  'keep-commitment': command('involvement.manage'),
  'break-commitment': command('involvement.manage'),
  'reverse-answer': command('involvement.manage'),
  'tell-of-reversal': command('involvement.manage'),
  'carry-on': command('involvement.manage'),
  'raise-risk': command('risk.manage'),
  'rescore-risk': command('risk.manage'),
  'close-risk': command('risk.manage'),
  'review-risk': command('risk.manage'),
  'acknowledge-risk': command('risk.acknowledge'),
  'raise-opportunity': command('risk.manage'),
  'rescore-opportunity': command('risk.manage'),
  'close-opportunity': command('risk.manage'),
  'add-control': command('risk.manage'),
  'record-control-proof': command('risk.manage'),
  'end-control': command('risk.manage'),
  'record-incident': command('risk.manage'),
  'answer-risk-prompt': command('risk.manage'),
  'convene-risk-panel': command('risk.manage'),
  'record-panel-advice': command('risk.advise'),
  'answer-panel-advice': command('decision.record'),
  'seek-statement': command('risk.manage'),
  'record-statement': command('statement.give'),
  'reply-to-objection': command('decision.record'),
  'second-reply': command('second.give'),
  'declare-conflict': command('conflict.declare'),
  'declare-no-conflict': command('conflict.declare'),
  'request-sign-off': command('sign-off.request'),
  'sign-off': command('sign-off.give'),
  'second-sign-off': command('second.give'),
  'meet-sign-off-condition': command('sign-off.request'),
  'renew-sign-off': command('sign-off.give'),
  'withdraw-sign-off': command('sign-off.request'),
  'open-consultation': command('agreement.edit'),
  'extend-consultation': command('agreement.edit'),
  'answer-for-consultation': command('agreement.edit'),
  'consider-consultation': command('agreement.edit'),
  'record-decision': command('decision.record'),
  'call-in-decision': command('decision.call-in'),
  'conclude-call-in': command('decision.record'),
  'record-challenge': command('award.make'),
  'conclude-challenge': command('award.make'),
  'record-published-notice': command('award.make'),
  'invite-provider': command('award.make'),
  'propose-award': command('award.make'),
  'publish-award-notice': command('award.make'),
  'accept-award': command('award.accept'),
  'refuse-gate': command('decision.record'),
  'ask-waiver': command('agreement.move'),
  'give-view-on-waiver': command('statement.give'),
  'waive-condition': command('waiver.answer'),
  'refuse-waiver': command('waiver.answer'),
  'review-waiver': command('waiver.review'),
  'propose-condition': command('agreement.move'),
  'agree-condition': command('decision.record'),
  'agree-condition-for-discipline': command('sign-off.give'),
  'refuse-condition': command('decision.record'),
  'renew-condition': command('agreement.move'),
  'record-urgency': command('agreement.move'),
  'record-late-by-us': command('agreement.move'),
  'migrate-pathway': command('pathway.manage'),

  acceptOperation: list('signed-in'),
  readOperation: { asks: 'signed-in', about: 'operation', seen: 'by-its-owner' },
  readOperationResults: { asks: 'signed-in', about: 'operation', seen: 'by-its-owner' },

  listPathways: list('pathway.read'),
  readRiskSettings: list('agreement.read', { seen: 'by-organisation-alone' }),
  changeRiskSettings: list('settings.manage', { body: {} }),
  readPathway: list('pathway.read', { path: { id: 'grant', version: '1' } }),
  drawPathway: list('pathway.read', { path: { id: 'grant', version: '1' } }),
  publishPathway: list('pathway.manage', { body: {} }),
  comparePathway: list('pathway.read', { path: { id: 'standard', version: '2' } }),
  simulatePathway: list('pathway.manage', { path: { id: 'standard', version: '2' } }),
  listRoutes: list('pathway.read'),
  readRoute: list('pathway.read', { path: { id: 'grant', version: '1' } }),
  readStandstill: list('pathway.read', { path: { id: 'pa2023-light-touch', version: '1' }, query: '?published=2026-03-16' }),

  listSavedFilters: list('agreement.read'),
  keepFilter: list('agreement.read', { body: { name: 'A look' } }),
  listNotifications: list('agreement.read'),

  readHead: list('journal.read'),
  exportJournal: list('journal.read'),

  listPeople: list('people.manage'),
  registerPerson: list('people.manage'),
  grantRole: { asks: 'people.manage', about: 'person', seen: 'by-its-provider' },
  withdrawRole: { asks: 'people.manage', about: 'person', seen: 'by-its-provider' },
  disablePerson: { asks: 'people.manage', about: 'person', seen: 'by-its-provider' },
  enablePerson: { asks: 'people.manage', about: 'person', seen: 'by-its-provider' },

  recordAbsence: { asks: 'people.manage', about: 'person', seen: 'by-its-provider', body: { from: '2026-06-01', until: '2026-06-05' } },
  linkIdentities: { asks: 'people.manage', about: 'person', seen: 'by-its-provider' },
  readStandIns: list('signed-in'),
  delegate: list('signed-in'),
  withdrawDelegation: list('signed-in', { path: { id: '00000000-0000-4000-8000-000000000001' } }),
  recordOwnAbsence: list('signed-in'),
  endOwnAbsence: list('signed-in', { path: { id: '00000000-0000-4000-8000-000000000001' } }),

  listProviders: list('provider.manage'),
  registerProvider: list('provider.manage'),

  listKeys: list('key.manage'),
  issueKey: list('key.manage'),
  revokeKey: { asks: 'key.manage', about: 'key', seen: 'by-owner-and-manager' },

  listEndpoints: list('delivery.read'),
  registerEndpoint: list('endpoint.manage'),
  readEndpoint: { asks: 'delivery.read', about: 'endpoint', seen: 'by-its-provider' },
  rotateSecret: { asks: 'endpoint.manage', about: 'endpoint', seen: 'by-its-provider' },
  disableEndpoint: { asks: 'endpoint.manage', about: 'endpoint', seen: 'by-its-provider' },
  enableEndpoint: { asks: 'endpoint.manage', about: 'endpoint', seen: 'by-its-provider' },
  listDeliveries: { asks: 'delivery.read', about: 'endpoint', seen: 'by-its-provider' },
  testEndpoint: { asks: 'endpoint.manage', about: 'endpoint', seen: 'by-its-provider' },
  resend: { asks: 'endpoint.manage', about: 'endpoint', seen: 'by-its-provider' },

  listContracts: list('agreement.read', { seen: 'by-organisation-alone' }),
  groupContracts: list('agreement.read', { seen: 'by-organisation-alone', query: '?by=lead' }),
  listKeptRows: list('agreement.read', { seen: 'by-organisation-alone' }),
  readRenewalSettings: list('agreement.read', { seen: 'by-organisation-alone' }),
  readContract: { asks: 'agreement.read', about: 'contract', seen: 'by-organisation-alone' },

  bringRegister: list('agreement.edit', { file: 'Title,Provider,End date\nHome care,Harbour Ltd,31/03/2030\n' }),
  readRegisterImport: { asks: 'agreement.read', about: 'register', seen: 'by-organisation-alone' },
  confirmRegister: { asks: 'agreement.edit', about: 'register', seen: 'by-organisation-alone', body: { columns: { 'Contract Ref': 'reference', 'Contract Title': 'title', 'Expiry Date': 'endsOn' } } },
  mendKeptRow: { asks: 'agreement.edit', about: 'keptRow', seen: 'by-all', body: { title: '' } },
  settleKeptRow: { asks: 'agreement.edit', about: 'keptRow', seen: 'by-all', body: { nothing: true } },
  takeOverContract: { asks: 'agreement.open', about: 'contract', seen: 'by-organisation-alone', body: { kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, stage: 'delivery' } },
  changeRenewalSettings: list('settings.manage', { body: {} }),

  listImports: list('agreement.read', { seen: 'by-organisation-alone' }),
  importReleases: list('agreement.open', { file: '[]' }),
  readImport: { asks: 'agreement.read', about: 'import', seen: 'by-organisation-alone' },
  listImportedProcesses: { asks: 'agreement.read', about: 'import', seen: 'by-organisation-alone' },
  listRejectedReleases: { asks: 'agreement.read', about: 'import', seen: 'by-organisation-alone' },
  listFindings: { asks: 'agreement.read', about: 'import', seen: 'by-organisation-alone', query: '?code=no-word-of-involvement' },

  readPathwaySchema: open(),
  readRouteSchema: open(),
  listEventSchemas: open(),
  readEventSchema: open({ type: 'concordat.agreement.opened.v1' }),
};
