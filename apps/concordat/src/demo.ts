import type { Role } from '@concordat/access/core';
import { disciplines, type Discipline } from '@concordat/pathway/core';

/** Somebody of the demo. Nobody here is a person: each is called by what they do. */
export interface DemoPerson {
  /** What `demo-keys` calls them: the role, for an approver with the discipline, as refusals name who can supply what. */
  readonly called: string;
  readonly role: Role;
  readonly discipline?: Discipline;
  /** The provider whose person it is, by its place in `providers`. */
  readonly provider?: number;
}

export interface DemoOrganisation {
  readonly slug: string;
  readonly name: string;
  readonly people: readonly DemoPerson[];
  readonly providers: readonly string[];
}

const staff = (role: Role): DemoPerson => ({ called: role, role });
const approver = (discipline: Discipline): DemoPerson => ({ called: `approver:${discipline}`, role: 'approver', discipline });
const ofProvider = (provider: number, role: Role, called: string): DemoPerson => ({ called, role, provider });

/** The organisations a demo begins with. */
export const demoOrganisations: readonly DemoOrganisation[] = [
  {
    slug: 'demo-council',
    name: 'Demo Council',
    providers: ['First Demo Provider', 'Second Demo Provider'],
    people: [
      staff('commissioner'),
      staff('senior-responsible-owner'),
      staff('decision-maker'),
      ...disciplines.map(approver),
      staff('facilitator'),
      staff('panel-chair'),
      staff('representative'),
      staff('risk-owner'),
      staff('contract-manager'),
      staff('participant'),
      staff('advocate'),
      staff('finance'),
      staff('elected-member'),
      staff('publisher'),
      staff('auditor'),
      staff('administrator'),
      ofProvider(0, 'provider-admin', 'provider-admin'),
      ofProvider(0, 'provider-operator', 'provider-operator'),
      ofProvider(0, 'provider-signatory', 'provider-signatory'),
      ofProvider(1, 'provider-admin', 'provider-admin:second'),
    ],
  },
  {
    slug: 'demo-health-board',
    name: 'Demo Health Board',
    providers: [],
    people: [staff('commissioner'), staff('senior-responsible-owner'), staff('auditor'), staff('administrator')],
  },
];
