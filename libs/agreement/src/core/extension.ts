import type { Decision, Refusal } from '@concordat/journal/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { dayInUtc } from './began.js';
import { type Content, contentAfter, type Subject, subjects } from './content.js';
import { type AgreementEvent, happened } from './event.js';
import { invitationsTo } from './invitation.js';
import { mustAccept } from './lots.js';
import { type Answered, changesByGoingOn, type GoesOnFrom, goesOnFrom, lacksOn, noSuchGround, testMissing } from './modification.js';
import { varyingWith } from './carry-on.js';
import { cannotBeReached, wishesNotToHear } from './owed-word.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Context, Evolve, States } from './topic.js';
import { extending } from './tree.js';
import type { VariationTo } from './variation-to.js';
import { daysOf } from './who-took-part.js';

/*
 * An agreement that extends or varies another, which it renews: the regime's test is asked of what both come to together.
 */

export interface ExtensionEvents {
  /** `from`: what it goes on from; `lacks`: why that is not permitted on this ground, empty where it is. `material`: what rests on it, so that a sign-off or decision of it is now stale. */
  'concordat.agreement.extension-tested.v1': Answered & { readonly from: GoesOnFrom; readonly lacks: readonly string[]; readonly content: Content; readonly material: readonly Subject[] };
}

const nothingVaried = refusal('variation.nothing-varied', 'What extends or varies an agreement names it.', { what: 'the agreement that this one renews', suppliedBy: 'commissioner', by: 'link-agreement' });

/** The agreement that this one extends or varies, where it names one. */
const renewed = ({ tree: { links } }: Agreement): string | undefined => links.find(({ as }) => as === 'renews')?.agreement;

/**
 * What was adopted in the agreement that this one extends or varies, and stands, of which none who gave it came here or was invited since that one was
 * named; with those of them who can be. Once it is awarded nobody is asked any more.
 */
export function notAskedAgain(agreement: Agreement): readonly { readonly title: string; readonly authors: readonly string[] }[] {
  const link = agreement.tree.links.find(({ as }) => as === 'renews');
  const along = agreement.carried.filter(({ from, reversed, goesOnIn }) => from === link?.agreement && reversed === null && goesOnIn === null);
  if (link === undefined || along.length === 0 || agreement.award.original !== null) return [];
  const since = dayInUtc(link.at);
  const held = agreement.involvement.activities.filter(({ voided }) => !voided);
  const days = [...daysOf(agreement, held), ...invitationsTo(agreement, held).map(({ participant, askedOn }) => ({ participant, on: askedOn }))];
  const asked = new Set(days.flatMap(({ participant, on }) => (on >= since ? [participant] : [])));
  return along
    .filter(({ authors }) => !authors.some((author) => asked.has(author)))
    .map(({ title, authors }) => ({ title, authors: authors.filter((author) => !wishesNotToHear(agreement, author) && !cannotBeReached(agreement, author)) }));
}

/** What was adopted there since that one was named, or was never carried on here: nobody is asked of it yet. */
function adoptedSince(agreement: Agreement, others: States['others'], today: Context['today']): readonly string[] {
  const varied = others[renewed(agreement) ?? ''];
  // What that one has from here stands here already.
  const own = new Set(agreement.contributions.themes.map(({ id }) => id));
  return varied === undefined || agreement.award.original !== null ? [] : varyingWith(agreement, varied, today).themes.filter(({ theme }) => !own.has(theme)).map(({ title }) => title);
}

/** Is the regime's test asked of this agreement itself, and of no variation of it? */
export const extendsAnother = (agreement: Agreement): boolean => agreement.award.original === null && renewed(agreement) !== undefined;

/** Was it awarded, and is it closed? Then what came of it counts, and nothing of it changes any more. */
const ranItsCourse = ({ award, lifecycle }: Agreement): boolean => award.original !== null && lifecycle === 'closed';

/** The test of an agreement that extends or varies another: of what it makes of that one, which keeps its route. */
export function testExtension({ agreement, others }: States, { ground, confirmed, why }: Answered, { route, sha256, published }: Context): Decision<AgreementEvent> {
  const varied = others[renewed(agreement) ?? ''];
  const known = route.modification.grounds.find(({ id }) => id === ground);
  return unless(
    [
      varied === undefined && nothingVaried,
      agreement.award.original !== null && alreadySo('it is awarded'),
      varied !== undefined && varied.route.id !== agreement.route.id &&
        refusal('variation.other-route', 'What is extended or varied keeps the route that it was awarded by.', { what: `the route ${varied.route.id}`, suppliedBy: 'commissioner', by: 'choose-route' }),
      known === undefined && noSuchGround(route.modification),
    ],
    () => {
      const from = goesOnFrom(extending(varied!, others, published).findLast(ranItsCourse) ?? varied!);
      const content = contentAfter(agreement, agreementWith(agreement, { modification: { ground, confirmed, why, from } }), sha256);
      return [
        happened(agreement.id, 'concordat.agreement.extension-tested.v1', {
          ground, confirmed, why, from, lacks: lacksOn(known!, changesByGoingOn(from, agreement.facts), confirmed), content, material: subjects.filter((subject) => content[subject] !== agreement.content[subject]),
        }),
      ];
    },
  );
}

/** What another extends or varies keeps the value and the period that this one goes on from, also once that one is closed: the limits count all of it together. */
export function refuseExtended({ agreement, others }: States, to: VariationTo, { published }: Context): Refusal | false {
  const all = to.is === 'terms' || to.is === 'specification' ? [] : extending(agreement, others, published);
  const under = all.filter(({ lifecycle }) => lifecycle !== 'closed');
  const by = under.length > 0 ? under : all.filter(ranItsCourse).slice(-1);
  return (
    by.length > 0 &&
    refusal('variation.extended', 'What another agreement extends or varies changes its value and period there: the limits count all of it together.', ...by.map(({ id, lifecycle }) =>
      lifecycle === 'closed'
        ? { what: `another agreement that extends or varies this one, since ${id} is closed`, suppliedBy: 'commissioner', by: 'link-agreement' }
        : { what: `${id}, which goes on from it`, suppliedBy: 'contract-manager', by: 'propose-variation' }))
  );
}

export const evolve = {
  'concordat.agreement.extension-tested.v1': (agreement, { data: { lacks: _, content, material: __, ...modification } }) => agreementWith(agreement, { modification, content }),
} satisfies { [T in keyof ExtensionEvents]: Evolve<T> };

export const conditions = {
  'varying.agreement-named': (agreement) => (renewed(agreement) === undefined ? [{ what: 'the agreement that is extended or varied', suppliedBy: 'commissioner', by: 'link-agreement' }] : []),
  'varying.people-asked-again': (agreement, _, { erased, enders, today }) => [
    ...adoptedSince(agreement, enders, today).map((title) => ({ what: `“${title}”, adopted in what is extended or varied, to be asked of here, too`, suppliedBy: 'commissioner', by: 'carry-on' })),
    ...notAskedAgain(agreement)
      .filter(({ authors }) => authors.some((author) => !erased.has(author)))
      .map(({ title }) => ({ what: `those who gave “${title}”, asked again, or that it is undone`, suppliedBy: 'facilitator', by: 'invite-participant' })),
  ],
  // Asked anew of what stands now: the value and the period may have changed since, or another provider be proposed.
  'modification.permitted': ({ modification, facts, award }, _, { route }) => {
    const ground = route.modification.grounds.find(({ id }) => id === modification?.ground);
    if (modification === null || ground === undefined) return [testMissing(`the ${route.regime} test of a modification`)];
    const strangers = mustAccept(award).filter((provider) => !modification.from.providers.includes(provider));
    return [
      ...lacksOn(ground, changesByGoingOn(modification.from, facts), modification.confirmed).map((what) => testMissing(what)),
      ...strangers.map((provider) => ({ what: `an award to whoever provides what is extended or varied, and not to provider-${provider}`, suppliedBy: 'commissioner', by: 'propose-award' })),
    ];
  },
} satisfies Partial<Conditions>;
