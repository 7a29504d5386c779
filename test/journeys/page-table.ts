import type { Right } from '@concordat/access/core';
import type { PageScene } from './page-scene.js';

/** Who is shown a page: anybody at all, whoever is signed in, or whoever has the right about what it shows. */
export interface PageRow {
  readonly asks: Right | 'signed-in' | 'nobody';
  /**
   * What it is about. Of an agreement those who may not see it find nothing, whatever right they have: its own people see
   * all of it, people who take part what is `people` or `party` and of statements their own, and are sent on from an `agreement`’s to the overview,
   * and those of a provider that is a party only what is `party`. What is the `house`’s is there for nobody else. A server is its provider's and the organisation's.
   */
  readonly about: 'anything' | 'organisation' | 'agreement' | 'house' | 'people' | 'statement' | 'party' | 'server' | 'own';
  /** Every address of it that is looked at. */
  readonly paths: (scene: PageScene) => readonly string[];
  /** It is downloaded and not looked at. */
  readonly file?: true;
}

const everybody = (...paths: readonly string[]): PageRow => ({ asks: 'signed-in', about: 'anything', paths: () => paths });
const house = (asks: Right, paths: PageRow['paths']): PageRow => ({ asks, about: 'organisation', paths });
const part = (path: string): PageRow => ({ asks: 'agreement.read', about: 'agreement', paths: ({ agreement }) => [`/agreements/${agreement}${path}`] });
const file = (row: PageRow): PageRow => ({ ...row, file: true });

/** A row a page of the console, by its route, and more where not all of it is everybody's. A page is let in when somebody has said here who is shown it. */
export const pageTable: Readonly<Record<string, PageRow | readonly PageRow[]>> = {
  '/sign-in': { asks: 'nobody', about: 'anything', paths: () => ['/sign-in'] },
  '/published/:organisation/:agreement': { asks: 'nobody', about: 'anything', paths: ({ published }) => [published] },
  '/published/:organisation/:agreement/you-said-we-did.csv': { asks: 'nobody', about: 'anything', paths: () => [] },
  // Data for anybody; what it holds and when is told in `publication.int.spec.ts`.
  '/published/:organisation/:agreement/releases.json': { asks: 'nobody', about: 'anything', paths: () => [] },
  '/demo/receiver': { asks: 'nobody', about: 'anything', paths: () => ['/demo/receiver'] },

  '/': everybody('/'),
  '/my-work': file(everybody('/my-work?format=csv')),
  '/stand-ins': everybody('/stand-ins'),

  '/agreements': everybody('/agreements', '/agreements?view=board', '/agreements?view=roadmap', '/agreements?text=nothing+is+called+this'),
  '/agreements/export': file(everybody('/agreements/export?format=csv')),
  '/agreements/involvement': everybody('/agreements/involvement', '/agreements/involvement?by=place'),
  '/agreements/involvement/export': file(everybody('/agreements/involvement/export')),
  '/agreements/waivers': everybody('/agreements/waivers'),
  '/agreements/turnaround': everybody('/agreements/turnaround'),
  '/agreements/turnaround/export': file(everybody('/agreements/turnaround/export')),
  '/agreements/transfers': house('agreement.open', () => ['/agreements/transfers']),
  // Of what is offered to nobody here there is nothing to see; the form is looked at in `transfer.int.spec.ts`.
  '/agreements/transfers/:id': house('agreement.open', () => []),
  '/agreements/new': house('agreement.open', () => ['/agreements/new']),

  '/agreements/:id': [
    { asks: 'agreement.read', about: 'party', paths: ({ agreement }) => [`/agreements/${agreement}`] },
    { asks: 'agreement.read', about: 'house', paths: ({ agreement, anotherDay }) => [`/agreements/${agreement}?on=${anotherDay}`] },
  ],
  '/agreements/:id/pathway': part('/pathway'),
  '/agreements/:id/:part/export': file({ asks: 'agreement.read', about: 'agreement', paths: ({ agreement }) => ['pathway', 'involvement', 'risk'].map((name) => `/agreements/${agreement}/${name}/export`) }),
  '/agreements/:id/involvement': part('/involvement'),
  '/agreements/:id/people': { asks: 'agreement.read', about: 'party', paths: ({ agreement }) => [`/agreements/${agreement}/people`] },
  '/agreements/:id/risk': part('/risk'),
  '/agreements/:id/sign-offs': part('/sign-offs'),
  '/agreements/:id/award': part('/award'),
  '/agreements/:id/delivery': part('/delivery'),
  '/agreements/:id/value': part('/value'),
  '/agreements/:id/tree': part('/tree'),
  '/agreements/:id/history': { asks: 'agreement.read', about: 'agreement', paths: ({ agreement }) => [`/agreements/${agreement}/history`, `/agreements/${agreement}/history?upTo=7`] },
  '/agreements/:id/decision-paper': part('/decision-paper'),
  '/agreements/:id/assurance-pack': { asks: 'agreement.read', about: 'agreement', paths: ({ agreement }) => [`/agreements/${agreement}/assurance-pack`, `/agreements/${agreement}/assurance-pack?chain=check`] },
  '/agreements/:id/assurance-pack/record': file({ asks: 'journal.read', about: 'agreement', paths: ({ agreement }) => [`/agreements/${agreement}/assurance-pack/record`] }),
  '/agreements/:id/you-said-we-did': { ...part('/you-said-we-did'), about: 'people' },
  '/agreements/:id/you-said-we-did/table': file({ ...part('/you-said-we-did/table'), about: 'people' }),
  '/agreements/:id/sign-offs/:signOff': { asks: 'agreement.read', about: 'agreement', paths: ({ agreement, signOffs }) => signOffs.map((signOff) => `/agreements/${agreement}/sign-offs/${signOff}`) },
  // What nobody answered yet is asked of all who take part.
  '/agreements/:id/statements/:statement': [
    { asks: 'agreement.read', about: 'statement', paths: ({ agreement, statements: [answered] }) => [`/agreements/${agreement}/statements/${answered}`] },
    { asks: 'agreement.read', about: 'people', paths: ({ agreement, statements: [, ...open] }) => open.map((statement) => `/agreements/${agreement}/statements/${statement}`) },
  ],
  '/agreements/:id/activities/:activity/import': { asks: 'involvement.contribute', about: 'house', paths: ({ agreement, activity }) => [`/agreements/${agreement}/activities/${activity}/import`] },
  // One form a command: who may send it is told by what each of them asks, in `every-page.int.spec.ts`.
  '/agreements/:id/do/:command': { asks: 'agreement.read', about: 'party', paths: () => [] },

  '/imports': house('agreement.read', () => ['/imports']),
  '/imports/:id': house('agreement.read', ({ notices }) => [`/imports/${notices}`]),
  '/imports/:id/agreements': house('agreement.read', ({ notices }) => [`/imports/${notices}/agreements`]),
  '/imports/:id/rejected': house('agreement.read', ({ notices }) => [`/imports/${notices}/rejected`]),
  '/imports/:id/found/:code': house('agreement.read', ({ notices }) => [`/imports/${notices}/found/release-id-missing`]),
  '/imports/registers/:id': house('agreement.read', ({ registers }) => registers.map((register) => `/imports/registers/${register}`)),

  '/register': house('agreement.read', () => ['/register', '/register?view=clashes']),
  '/register/groups': house('agreement.read', () => ['/register/groups?by=provider']),
  '/register/download': file(house('agreement.read', () => ['/register/download?format=csv'])),
  '/register/kept': house('agreement.read', () => ['/register/kept']),
  '/register/kept/:id': house('agreement.read', ({ keptRow }) => [`/register/kept/${keptRow}`]),
  '/register/contracts/:id': house('agreement.read', ({ contract }) => [`/register/contracts/${contract}`]),
  '/register/contracts/:id/take-over': house('agreement.open', ({ contract }) => [`/register/contracts/${contract}/take-over`]),
  '/register/settings': house('agreement.read', () => ['/register/settings']),
  '/register/settings/:step': house('settings.manage', () => ['/register/settings/tender']),

  '/calendar': house('pathway.read', () => ['/calendar']),
  '/wording': house('pathway.read', () => ['/wording']),
  '/pathways': house('pathway.read', () => ['/pathways']),
  '/pathways/:id/:version': house('pathway.read', () => ['/pathways/standard/2', '/pathways/grant/1']),
  '/routes/:id/:version': everybody('/routes/psr-urgent/1', '/routes/pa2023-light-touch/1', '/routes/grant/1'),
  '/pathways/:id/:version/drawing': file(house('pathway.read', () => ['/pathways/standard/2/drawing'])),
  '/pathways/:id/:version/document': file(house('pathway.read', () => ['/pathways/standard/2/document'])),
  '/pathways/:id/:version/simulation': house('pathway.manage', () => ['/pathways/standard/2/simulation']),
  '/operations/:id': { asks: 'agreement.read', about: 'own', paths: ({ operation }) => [`/operations/${operation}`] },
  '/risk-settings': house('agreement.read', () => ['/risk-settings']),

  '/outbox': [everybody('/outbox'), house('agreement.read', () => ['/outbox?whose=all'])],
  '/outbox/export': file(everybody('/outbox/export?format=csv')),
  '/outbox/preferences': everybody('/outbox/preferences'),

  '/webhooks': everybody('/webhooks'),
  '/webhooks/events': everybody('/webhooks/events'),
  '/webhooks/new': { asks: 'endpoint.manage', about: 'anything', paths: () => ['/webhooks/new'] },
  '/webhooks/:id': { asks: 'delivery.read', about: 'server', paths: ({ endpoint }) => [`/webhooks/${endpoint}`] },
  '/webhooks/:id/export': file({ asks: 'delivery.read', about: 'server', paths: ({ endpoint }) => [`/webhooks/${endpoint}/export?format=csv`] }),
};
