import type { Missing } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { activitiesIn, activityOf, activityUnknown, refuseVoided } from './activity.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import type { DocumentReference } from './facts.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import type { AccessibleForm } from './statement.js';
import type { Conditions, Decide, Evolve } from './topic.js';
import { lastDayOfEach, peopleOf } from './who-took-part.js';

type Issued = {
  readonly pack: string;
  readonly activity: string;
  readonly title: string;
  readonly document: DocumentReference;
  /** In which forms people can have it. */
  readonly forms: readonly AccessibleForm[];
  /** What is new in this version; empty for the first. */
  readonly changed: string;
};
type Handed = { readonly pack: string; readonly version: number; readonly participants: readonly string[]; readonly on: CivilDate };

export interface InformationCommands {
  /** What people are told before they are asked. The same `pack` again is its next version. */
  'issue-information': Issued;
  'record-information-given': Handed;
}

export interface InformationEvents {
  'concordat.agreement.information-issued.v1': Issued & { readonly version: number; readonly issuedOn: CivilDate };
  'concordat.agreement.information-given.v1': Handed;
}

/** The last version that somebody has, and the first day on which they had one. */
type Having = { readonly version: number; readonly since: CivilDate };

/** What one activity rests on, in all its versions. Who has which stands by pseudonym. */
export interface InformationPack {
  readonly id: string;
  readonly activity: string;
  readonly title: string;
  /** The first is version 1. */
  readonly versions: readonly { readonly document: DocumentReference; readonly forms: readonly AccessibleForm[]; readonly changed: string; readonly issuedOn: CivilDate }[];
  readonly givenTo: Readonly<Record<string, Having>>;
}
export type InformationState = readonly InformationPack[];
export const initialInformation: InformationState = [];

const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });
const packOf = (agreement: Agreement, id: string): InformationPack | undefined => agreement.information.find((pack) => pack.id === id);

export const decide = {
  'issue-information': ({ agreement }, { pack: id, activity, title, document, forms, changed }, { today }) => {
    const held = activityOf(agreement, activity);
    const pack = packOf(agreement, id);
    const besides = [
      forms.length === 0 && refusal('information.in-no-form', 'People can have it in some form they can use.', facilitator('forms', 'issue-information')),
      pack !== undefined && changed.trim() === '' &&
        refusal('information.without-what-changed', 'A later version says what changed.', facilitator('changed', 'issue-information')),
    ];
    if (held === undefined) return refuseUnknown(activityUnknown, besides);
    return unless(
      [
        refuseVoided(held),
        pack !== undefined && pack.activity !== activity &&
          refusal('information.of-another-activity', 'A pack belongs to one activity.', facilitator('pack', 'issue-information')),
        pack?.versions.at(-1)?.document.reference === document.reference && alreadySo('this is the version that stands'),
        ...besides,
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.information-issued.v1', {
          pack: id, activity, title, document, forms, changed, version: (pack?.versions.length ?? 0) + 1, issuedOn: today,
        }),
      ],
    );
  },

  'record-information-given': ({ agreement }, { pack: id, version, participants, on }, { today }) => {
    const pack = packOf(agreement, id);
    const notYet = on > today && refusal('information.not-yet', 'What is recorded has happened.', { what: on, suppliedBy: 'time', by: 'record-information-given' });
    if (pack === undefined) return refuseUnknown(refusal('information.unknown', 'The information was issued on this agreement.', facilitator('pack', 'issue-information')), [notYet]);
    const issued = pack.versions[version - 1];
    const without = [...new Set(participants)].filter((participant) => {
      const had = pack.givenTo[participant];
      return had === undefined || had.version < version || on < had.since;
    });
    return unless(
      [
        issued === undefined && refusal('information.no-such-version', `It has ${pack.versions.length} versions.`, facilitator('version', 'record-information-given')),
        without.length === 0 && alreadySo('they have this version'),
        notYet,
        issued !== undefined && on < issued.issuedOn &&
          refusal('information.before-it-was-issued', `The version was issued on ${issued.issuedOn}.`, facilitator('on', 'record-information-given')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.information-given.v1', { pack: id, version, participants: without, on })],
    );
  },
} satisfies { [C in keyof InformationCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.information-issued.v1': (agreement, { data: { pack: id, activity, title, document, forms, changed, issuedOn } }) => {
    const version = { document, forms, changed, issuedOn };
    const pack = packOf(agreement, id);
    return agreementWith(agreement, {
      information:
        pack === undefined
          ? [...agreement.information, { id, activity, title, versions: [version], givenTo: {} }]
          : agreement.information.map((one) => (one.id === id ? { ...one, title, versions: [...one.versions, version] } : one)),
    });
  },
  'concordat.agreement.information-given.v1': (agreement, { data: { pack: id, version, participants, on } }) => {
    const having = (before: Having | undefined): Having => (before === undefined ? { version, since: on } : { version: Math.max(before.version, version), since: before.since < on ? before.since : on });
    return agreementWith(agreement, {
      information: agreement.information.map((pack) =>
        pack.id === id ? { ...pack, givenTo: { ...pack.givenTo, ...Object.fromEntries(participants.map((participant) => [participant, having(pack.givenTo[participant])])) } } : pack,
      ),
    });
  },
} satisfies { [T in keyof InformationEvents]: Evolve<T> };

export const conditions = {
  // Whoever took part knew by then what it rests on: what they are given once they took part for the last time informed nobody. A later version is sent on to them.
  'involvement.informed': (agreement) =>
    activitiesIn(agreement, agreement.stage).flatMap((activity) => {
      const people = peopleOf(activity);
      const packs = agreement.information.filter((pack) => pack.activity === activity.id);
      if (people.length > 0 && packs.length === 0) return [facilitator(`information for ${activity.id}`, 'issue-information')];
      const lastDays = lastDayOfEach(agreement, activity);
      const tooLate = people.filter((participant) => {
        const since = packs.flatMap(({ givenTo }) => givenTo[participant]?.since ?? []);
        return since.length > 0 && since.every((day) => day > (lastDays.get(participant) ?? day));
      }).length;
      return [
        ...(tooLate === 0 ? [] : [facilitator(`information for ${tooLate} of those who took part in ${activity.id}, by the day on which they did`, 'record-information-given')]),
        ...packs.flatMap(({ id, versions, givenTo }) => {
          const without = people.filter((participant) => (givenTo[participant]?.version ?? 0) < versions.length).length;
          return without === 0 ? [] : [facilitator(`version ${versions.length} of ${id} for ${without} of those who took part`, 'record-information-given')];
        }),
      ];
    }),
} satisfies Partial<Conditions>;
