import { actorName, holdsRole, isProviderRole, may, type Person, personStream, type Role, rolesWith } from '@concordat/access/core';
import { type Missing, refuse } from '@concordat/journal/core';
import { workingDaysAfter } from '@concordat/pathway/core';
import type { CivilDate, Sealed } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { hasInterest } from './conflict.js';
import { happened } from './event.js';
import { isOfStaff, refuseInTheirPlace } from './own-word.js';
import { scopeOn } from './partner.js';
import { isConcerned, partiesStill } from './party.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { type BearerGroup, openRisks, type Risk, riskOf, scoreNow, topRisks } from './risk.js';
import { productOf } from './risk-matrix.js';
import { everyIdOf, everyIdToday, ownWork, worksForAProvider } from './separation.js';
import type { Conditions, Context, Decide, Evolve } from './topic.js';

/** Forms a question may be put in so that people can answer it. */
export const accessibleForms = ['easy-read', 'large-print', 'plain-language', 'spoken', 'signed', 'translated', 'with-pictures'] as const;
export type AccessibleForm = (typeof accessibleForms)[number];

/** What those who carry a risk may say. That nobody answered is computed, never said. */
export const views = ['content', 'content-if', 'object', 'cannot-say'] as const;
export type View = (typeof views)[number];

/** From whom the view of a group is sought, best first. Having helped to write the risk table disqualifies nobody. */
export const soughtFrom = {
  'service-users': ['user-led-body', 'advocate', 'lived-experience-elsewhere'],
  carers: ['carer-led-body', 'advocate', 'lived-experience-elsewhere'],
  community: ['community-body', 'elected-member'],
  'provider-staff': ['staff-body', 'staff'],
  provider: ['provider'],
  commissioner: ['senior-responsible-owner'],
  public: ['elected-member', 'community-body'],
} as const satisfies Readonly<Record<BearerGroup, readonly string[]>>;
export type Voice = (typeof soughtFrom)[BearerGroup][number];

/** Whom a provider's people can speak for: nobody else who carries a risk is asked through who is paid for the service. */
const spokenForByProviders: readonly BearerGroup[] = ['provider', 'provider-staff'];
export const isSpokenForByProviders = (group: BearerGroup): boolean => spokenForByProviders.includes(group);
/** The role that a person of this organisation holds who speaks as this voice. What a body or a pseudonym is, no stream tells. */
const roleOfVoice: { readonly [V in Voice]?: Role } = { 'senior-responsible-owner': 'senior-responsible-owner', 'elected-member': 'elected-member', advocate: 'advocate' };
/** Offices and companies, in whose place nobody speaks by a pseudonym: who they are is known. */
const knownByName: readonly Voice[] = ['provider', 'senior-responsible-owner', 'elected-member'];
/** The roles in which somebody of this organisation speaks for a group where the voice itself is no role: for a provider there is none. */
const rolesFor = (group: BearerGroup, of: Voice): readonly Role[] => {
  const role = roleOfVoice[of];
  if (role !== undefined) return [role];
  return group === 'provider' ? [] : ['representative', 'participant', 'advocate'];
};

/** One ask: when, of whom, in which form, and that someone was offered to stand by them. */
type Ask = {
  readonly statement: string;
  readonly group: BearerGroup;
  readonly of: Voice;
  readonly form: AccessibleForm;
  readonly advocacyOffered: boolean;
  /** Why someone further down the table is asked; nothing where it is whom the table names first. */
  readonly because?: string;
};
/** `spokenBy`: who put it into words for the group, a participant's pseudonym or a person id, then their own word alone. Their key seals the words. */
type Spoken = { readonly statement: string; readonly view: View; readonly spokenBy: string; readonly words: Sealed };

export interface StatementCommands {
  /** The same `statement` again is the second ask. */
  'seek-statement': Ask;
  /** "This is your view. You are not taking responsibility for the decision." */
  'record-statement': Spoken;
  /**
   * By the decision-maker, read by a second person (an id). An objection blocks nothing and is not left without a word:
   * until the second person has read it, another may be named.
   */
  'reply-to-objection': { readonly statement: string; readonly reply: string; readonly secondPerson: string };
  /** By the very second person whom the decision-maker named: "I have read the objection and the reply." */
  'second-reply': { readonly statement: string };
}

export interface StatementEvents {
  /** `risks`: those of the top ten that the group carried on that day, which is what it was asked about. */
  'concordat.agreement.statement-sought.v1': Ask & { readonly stage: string; readonly risks: readonly string[]; readonly askedOn: CivilDate };
  'concordat.agreement.statement-recorded.v1': Spoken;
  'concordat.agreement.objection-replied-to.v1': { readonly statement: string; readonly reply: string; readonly secondPerson: string };
  'concordat.agreement.reply-seconded.v1': { readonly statement: string };
}

/** What one group says about the risks it carries in one stage. The words stay in the event. */
export interface Statement {
  readonly id: string;
  readonly group: BearerGroup;
  readonly stage: string;
  readonly risks: readonly string[];
  /** By risk, how large each was when the group was last asked; 0 where nobody had scored it. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Asks about the risks as large as they are; what they outgrew counts from the start. */
  readonly askedOn: readonly CivilDate[];
  /** Of whom, in which form and by whom, as often as it was asked. */
  readonly asks: readonly { readonly of: Voice; readonly form: AccessibleForm; readonly because: string | null; readonly by: string }[];
  readonly view: View | null;
  /** Who put it into words, a pseudonym or a person id, and who wrote it down; `null` while nobody answered. */
  readonly spoken: { readonly by: string; readonly writtenBy: string } | null;
  /** ISO 8601; `null` while nobody answered. */
  readonly answeredAt: string | null;
  readonly reply: { readonly says: string; readonly by: string; readonly at: string; readonly secondPerson: string; readonly readAt: string | null } | null;
  /** The objection has its written reply, and the second person has read both. */
  readonly repliedTo: boolean;
  /** The agreement in which it was sought and its words stand, where that is one this was split from; `null`: here. */
  readonly from: string | null;
}

/** In the order they were first sought. */
export type StatementState = readonly Statement[];
export const initialStatements: StatementState = [];

const onTheTopTen = 10;
const daysToAnswer = 15;

const find = (agreement: Agreement, id: string): Statement | undefined => agreement.statements.find((statement) => statement.id === id);
const carriedBy = (risks: readonly Risk[], group: BearerGroup): readonly string[] =>
  risks.filter(({ bearers }) => bearers.includes(group)).map(({ id }) => id);

const sizeOf = (risk: Risk): number => {
  const score = scoreNow(risk);
  return score === null ? 0 : productOf(score);
};
const sizesOf = (agreement: Agreement, risks: readonly string[]): Statement['sizes'] =>
  Object.fromEntries(risks.flatMap((id) => riskOf(agreement, id) ?? []).map((risk) => [risk.id, sizeOf(risk)]));

/** The open risks that are larger than they were when the group was asked about them: of these it has not had its say. */
export const grownSince = (agreement: Agreement, { risks, sizes }: Statement): readonly string[] =>
  openRisks(agreement).filter((risk) => risks.includes(risk.id) && sizeOf(risk) > (sizes[risk.id] ?? sizeOf(risk))).map(({ id }) => id);

/** The last day on which whoever was asked answers in time: 15 working days of England after the second ask. Nobody is silent who was asked once. */
export function mayAnswerUntil(askedOn: readonly CivilDate[], holidays: Context['holidays']): CivilDate | undefined {
  const secondAsk = askedOn[1];
  return secondAsk && workingDaysAfter(secondAsk, daysToAnswer, 'england', holidays);
}

/**
 * How a statement stands today. Without an answer it is `asked-no-answer` once the group was asked twice and 15 working
 * days of England have passed since the second ask.
 */
export function statementStands(
  { view, askedOn }: Statement,
  { today, holidays }: Pick<Context, 'today' | 'holidays'>,
): View | 'awaited' | 'asked-no-answer' {
  if (view !== null) return view;
  const until = mayAnswerUntil(askedOn, holidays);
  return until !== undefined && today > until ? 'asked-no-answer' : 'awaited';
}

/** Can this person read an objection and its reply today? Whoever cannot would leave it open for ever. */
const canSecond = (agreement: Agreement, id: string, { disabled, grants, ...person }: Person, today: CivilDate): boolean =>
  !disabled && !worksForAProvider(person) && may({ kind: 'person', person: id, grants, scopes: 'all' }, 'second.give', scopeOn(agreement, today), today);

/**
 * Whose hand is in what is objected to, as phrases that finish “someone other than the one who …”: such a second person is none, as with what is signed
 * or decided. A small agreement has two people, and whoever does not reply reads.
 */
const handsIn = (agreement: Agreement, { asks }: Statement, everyId: readonly string[]): readonly string[] =>
  agreement.tier === 'small'
    ? []
    : [
        ...new Set([
          ...ownWork(agreement, everyId, { subject: 'decision', requestedBy: null }),
          ...(asks.some(({ by }) => everyId.includes(by)) ? ['asked for the view'] : []),
          ...(everyId.some((id) => hasInterest(agreement, id)) ? ['declared an interest'] : []),
        ]),
      ];
const refuseHandsIn = (hands: readonly string[]) =>
  hands.length > 0 &&
  refusal('statement.second-own-work', 'A second person has no hand in what is objected to.', ...hands.map((hand): Missing => ({ what: `someone other than the one who ${hand}`, suppliedBy: 'decision-maker', by: 'reply-to-objection' })));

const whoCanSecond = rolesWith('second.give').filter((role) => !isProviderRole(role));

/** A commissioner who asks the commissioner may be the one who answers; nobody else's view is the asker's own. By every id of whoever speaks and of whoever writes it down. */
const isOfTheAsker = ({ group, asks }: Statement, speaker: readonly string[], writer: readonly string[]): boolean =>
  asks.some(({ by }) => writer.includes(by) || speaker.includes(by)) && !(group === 'commissioner' && speaker.some((id) => writer.includes(id)));

/** Turns out whoever spoke or wrote it down to be the one who asked, or to work for who provides the service? Then the group has not spoken. */
export function isNotTheirView(agreement: Agreement, statement: Statement): boolean {
  const { group, spoken } = statement;
  if (spoken === null) return false;
  const { by, writtenBy } = spoken;
  const ofProvider = !isSpokenForByProviders(group) && [by, writtenBy].some((person) => agreement.knownAs[person]?.ofProvider === true);
  return ofProvider || isOfTheAsker(statement, everyIdToday(agreement, by), everyIdToday(agreement, writtenBy));
}

/** The statements as they stand once it is known who is no other: whom the decision-maker named to read an objection read none for whom they are. */
export function readToday(agreement: Agreement): StatementState {
  return agreement.statements.map((statement) => {
    const { reply, repliedTo } = statement;
    const others = agreement.knownAs[reply?.secondPerson ?? '']?.others ?? [];
    const isNoOther = reply !== null && (others.includes(reply.by) || agreement.knownAs[reply.secondPerson]?.ofProvider === true || handsIn(agreement, statement, others).length > 0);
    return repliedTo && isNoOther ? { ...statement, repliedTo: false, reply: { ...reply, readAt: null } } : statement;
  });
}

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
const statementUnknown = refusal('statement.unknown', 'The statement was sought on this agreement.', commissioner('statement', 'seek-statement'));

export const decide = {
  'seek-statement': ({ agreement }, { statement: id, group, of, form, advocacyOffered, because }, { today }) => {
    const { stage } = agreement;
    const sought = find(agreement, id);
    const open = agreement.statements.find((other) => other.group === group && other.stage === stage && other.view === null && other.id !== id);
    const risks = carriedBy(topRisks(agreement, onTheTopTen), group);
    const voices: readonly Voice[] = soughtFrom[group];
    const missing = (what: string) => commissioner(what, 'seek-statement');
    return unless(
      [
        sought !== undefined && sought.group !== group &&
          refusal('statement.of-another-group', `This statement is sought of ${sought.group}.`, missing('statement')),
        sought !== undefined && sought.stage !== stage &&
          refusal('statement.of-another-stage', `This statement was sought in the stage ${sought.stage}.`, missing('statement')),
        sought !== undefined && sought.view !== null && alreadySo(`the group has answered: ${sought.view}`),
        sought !== undefined && sought.askedOn.includes(today) && grownSince(agreement, sought).length === 0 && alreadySo('the group was asked today'),
        open !== undefined && refusal('statement.one-per-stage', 'A group is asked for one statement in a stage: who has not answered is asked again.', missing(`statement ${open.id}`)),
        risks.length === 0 &&
          refusal('statement.nothing-carried', `The group carries one of the top ${onTheTopTen} risks.`, {
            what: `a risk that ${group} carry`,
            suppliedBy: 'risk-owner',
            by: 'raise-risk',
          }),
        !voices.includes(of) && refusal('statement.not-their-voice', 'A group speaks through those who can speak for it.', ...voices.map(missing)),
        voices.indexOf(of) > 0 && because === undefined &&
          refusal('statement.fallback-unexplained', `Where ${voices[0] ?? ''} cannot be asked, it is said why.`, missing('because')),
        !advocacyOffered &&
          refusal('statement.no-advocacy-offered', 'Someone to stand by them is offered to those who are asked.', missing('advocacy')),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.statement-sought.v1', {
          statement: id, group, of, form, advocacyOffered, ...(because !== undefined && { because }), stage, risks, askedOn: today,
        }),
      ],
    );
  },

  'record-statement': (states, { statement: id, view, spokenBy, words }, context) => {
    const { agreement, persons } = states;
    const { actor, today } = context;
    const sought = find(agreement, id);
    const speaker = persons[spokenBy];
    const who = sought?.group ?? 'the group';
    const ofTheGroup = (what: string): Missing => ({ what, suppliedBy: sought?.group ?? 'representative', by: 'record-statement' });
    const gone = speaker?.disabled === true && refusal('statement.not-their-view', 'Whoever speaks for a group is still here.', ofTheGroup(`someone who speaks for ${who}`));
    if (sought === undefined) return refuseUnknown(statementUnknown, [gone]);
    const { group, asks } = sought;
    const everyId = everyIdOf(persons, actorName(actor));
    const { of } = asks.at(-1)!;
    const roles = rolesFor(group, of);
    const byProviders = isSpokenForByProviders(group);
    const speaks = everyIdOf(persons, spokenBy);
    const ofTheProvider = byProviders && speaker?.memberOf?.kind === 'provider' && isConcerned(agreement.award, speaker.memberOf.provider);
    const holdsIt = roles.some((one) => holdsRole(speaker?.grants ?? [], one, scopeOn(agreement, today), today));
    // A provider's people act here once it is invited.
    const toAct = ofTheProvider && partiesStill(agreement.award).length === 0 ? [commissioner('the provider, invited', 'invite-provider')] : [];
    // Staff speak in the offices of this organisation, and for nobody else who carries a risk.
    const isTheirVoice = ofTheProvider || (holdsIt && (knownByName.includes(of) || !isOfStaff(states, spokenBy, today)));
    return unless(
      [
        sought.view !== null && alreadySo(`the group has answered: ${sought.view}`),
        !byProviders && [persons[actorName(actor)], speaker].some(worksForAProvider) &&
          refusal('statement.not-their-view', 'The view is that of those who carry the risk, not of who provides the service.', ofTheGroup(`someone who speaks for ${group}`)),
        isOfTheAsker(sought, speaks, everyId) &&
          refusal('statement.not-their-view', 'The view is written down by somebody who did not ask for it.', ofTheGroup('someone other than the one who asked')),
        gone,
        (speaker?.registered === true || knownByName.includes(of)) && !isTheirVoice &&
          refusal('statement.not-their-voice', 'A group speaks through whom it was asked of.', ...[...roles, ...(byProviders ? ['one of the provider’s people'] : [])].map((one) => ofTheGroup(`someone who is ${one}`))),
        isTheirVoice && gone === false && refuseInTheirPlace(states, context, spokenBy, 'statement.not-your-own', 'record-statement', ...toAct),
      ],
      () => [happened(agreement.id, 'concordat.agreement.statement-recorded.v1', { statement: id, view, spokenBy, words })],
    );
  },

  'reply-to-objection': ({ agreement, persons }, { statement: id, reply, secondPerson }, { actor, today }) => {
    const sought = find(agreement, id);
    const second = persons[secondPerson];
    const missing = (what: string): Missing => ({ what, suppliedBy: 'decision-maker', by: 'reply-to-objection' });
    const besides = [
      reply.trim() === '' && refusal('statement.empty-reply', 'A reply says something.', missing('reply')),
      everyIdOf(persons, actorName(actor)).includes(secondPerson) &&
        refusal('statement.no-second-person', 'A second person reads the objection and the reply.', missing('someone else')),
      second?.registered !== true &&
        refusal('person.unknown', 'The second person is registered in this organisation.', { what: personStream(secondPerson), suppliedBy: 'administrator', by: 'register-person' }),
      second?.registered === true && !canSecond(agreement, secondPerson, second, today) &&
        refusal(
          'statement.cannot-second',
          'The second person is one of the organisation, not disabled, with a role here in which one reads for a second time.',
          ...whoCanSecond.map((role) => missing(`someone who is ${role}`)),
        ),
    ];
    if (sought === undefined) return refuseUnknown(statementUnknown, besides);
    return unless(
      [
        refuseHandsIn(handsIn(agreement, sought, everyIdOf(persons, secondPerson))),
        sought.view !== 'object' &&
          refusal('statement.no-objection', 'The group objects.', { what: 'an objection', suppliedBy: sought.group, by: 'record-statement' }),
        sought.repliedTo && alreadySo('the second person has read it'),
        !sought.repliedTo && sought.reply?.secondPerson === secondPerson && alreadySo('the objection has a reply, and this second person is asked to read it'),
        ...besides,
      ],
      () => [happened(agreement.id, 'concordat.agreement.objection-replied-to.v1', { statement: id, reply, secondPerson })],
    );
  },

  'second-reply': ({ agreement, persons }, { statement: id }, { actor }) => {
    const sought = find(agreement, id);
    if (sought === undefined) return refuse(statementUnknown);
    const { reply, repliedTo } = sought;
    const person = actorName(actor);
    return unless(
      [
        reply === null && refusal('statement.no-reply', 'The decision-maker replied in writing.', { what: 'a reply', suppliedBy: 'decision-maker', by: 'reply-to-objection' }),
        reply !== null && (reply.secondPerson !== person || everyIdOf(persons, person).includes(reply.by) || worksForAProvider(persons[person])) &&
          refusal('statement.not-the-second-person', 'Whom the decision-maker named reads the objection and the reply.', { what: personStream(reply.secondPerson), suppliedBy: personStream(reply.secondPerson), by: 'second-reply' }, anotherSecond(sought)),
        reply !== null && refuseHandsIn(handsIn(agreement, sought, everyIdOf(persons, person))),
        repliedTo && alreadySo('the second person has read it'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.reply-seconded.v1', { statement: id })],
    );
  },
} satisfies { [C in keyof StatementCommands]: Decide<C> };

// Whoever was named may have left, or lost the role: only another can be named then.
const anotherSecond = ({ group, id }: Statement): Missing => ({ what: `or another second person for the objection of ${group}: ${id}`, suppliedBy: 'decision-maker', by: 'reply-to-objection' });

function withStatement(agreement: Agreement, id: string, change: Partial<Statement>): Agreement {
  return agreementWith(agreement, { statements: agreement.statements.map((statement) => (statement.id === id ? { ...statement, ...change } : statement)) });
}

export const evolve = {
  'concordat.agreement.statement-sought.v1': (agreement, { data: { statement: id, group, of, form, because, stage, risks, askedOn }, meta }) => {
    const sought = find(agreement, id);
    const ask = { of, form, because: because ?? null, by: meta.actor };
    const sizes = sizesOf(agreement, risks);
    return sought === undefined
      ? agreementWith(agreement, {
          statements: [
            ...agreement.statements,
            { id, group, stage, risks, sizes, askedOn: [askedOn], asks: [ask], view: null, spoken: null, answeredAt: null, reply: null, repliedTo: false, from: null },
          ],
        })
      : withStatement(agreement, id, { risks, sizes, askedOn: [...(grownSince(agreement, sought).length > 0 ? [] : sought.askedOn), askedOn], asks: [...sought.asks, ask] });
  },
  'concordat.agreement.statement-recorded.v1': (agreement, { data: { statement, view, spokenBy }, meta, recordedAt }) =>
    withStatement(agreement, statement, { view, spoken: { by: spokenBy, writtenBy: meta.actor }, answeredAt: recordedAt }),
  'concordat.agreement.objection-replied-to.v1': (agreement, { data: { statement, reply, secondPerson }, meta, recordedAt }) =>
    withStatement(agreement, statement, { reply: { says: reply, by: meta.actor, at: recordedAt, secondPerson, readAt: null }, repliedTo: false }),
  'concordat.agreement.reply-seconded.v1': (agreement, { data: { statement }, recordedAt }) => {
    const reply = find(agreement, statement)?.reply ?? null;
    return withStatement(agreement, statement, { repliedTo: true, reply: reply && { ...reply, readAt: recordedAt } });
  },
} satisfies { [T in keyof StatementEvents]: Evolve<T> };

/**
 * What was said, or asked twice in vain, as it goes along with each contract of a split: whoever carries a risk is asked once, and asked again
 * of what is new. What nobody answered yet is asked for anew.
 */
export function statementsAlong({ id, statements }: Agreement, context: Pick<Context, 'today' | 'holidays'>): readonly Statement[] {
  return statements.filter((statement) => statementStands(statement, context) !== 'awaited').map((statement) => ({ ...statement, from: statement.from ?? id }));
}

/** What an objection still waits for: it blocks nothing, and is not left without a word. */
function whatTheObjectionWaitsFor(statement: Statement): readonly Missing[] {
  const { id, group, reply, repliedTo } = statement;
  if (repliedTo) return [];
  if (reply === null) return [{ what: `a reply to the objection of ${group}: ${id}`, suppliedBy: 'decision-maker', by: 'reply-to-objection' }];
  return [{ what: `the second person to read the objection of ${group} and the reply: ${id}`, suppliedBy: personStream(reply.secondPerson), by: 'second-reply' }, anotherSecond(statement)];
}

/** Every objection that was raised, as it stands: the first page of the decision paper. */
export function objections(agreement: Agreement): readonly Statement[] {
  return agreement.statements.filter(({ view }) => view === 'object');
}

/** What objections wait for, in any stage. */
export function objectionsOpen(agreement: Agreement): readonly Missing[] {
  return objections(agreement).flatMap(whatTheObjectionWaitsFor);
}

/** What one statement still waits for; nothing where the group answered, or was asked and stayed silent. */
function whatItWaitsFor(statement: Statement, context: Context): readonly Missing[] {
  const { id, group, askedOn } = statement;
  switch (statementStands(statement, context)) {
    case 'awaited':
      return [
        { what: `the statement of ${group}: ${id}`, suppliedBy: group, by: 'record-statement' },
        ...(askedOn.length < 2 ? [commissioner(`a second ask of ${group}: ${id}`, 'seek-statement')] : []),
      ];
    case 'object':
      return whatTheObjectionWaitsFor(statement);
    default:
      return [];
  }
}

export const conditions = {
  // Group by group: those who carry a risk are asked once, about all of the top risks they carry.
  'risk.statements-sought': (agreement, { top }, context) => {
    const risks = topRisks(agreement, top);
    const groups = [...new Set(risks.flatMap(({ bearers }) => bearers))];
    return groups.flatMap((group) => {
      const statements = agreement.statements.filter((statement) => statement.group === group && statement.stage === agreement.stage);
      const theirs = statements.filter((statement) => !isNotTheirView(agreement, statement));
      const about = (risk: string) => theirs.filter((statement) => statement.risks.includes(risk));
      const unasked = carriedBy(risks, group).filter((risk) => about(risk).every((statement) => grownSince(agreement, statement).includes(risk)));
      const notTheirs = theirs.length < statements.length ? ', anew: whoever spoke for them turns out to have asked, or to work for a provider' : '';
      const why = (risk: string) => (about(risk).length > 0 ? ', anew: it is larger than when they were asked' : notTheirs);
      return [
        ...unasked.map((risk) => commissioner(`the statement of ${group} on ${risk}${why(risk)}`, 'seek-statement')),
        ...statements.flatMap((statement) => whatItWaitsFor(statement, context)),
      ];
    });
  },

  'risk.objections-answered': (agreement) => objectionsOpen(agreement),
} satisfies Partial<Conditions>;
