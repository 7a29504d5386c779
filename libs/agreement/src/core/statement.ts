import { actorName, holdsRole, type Role, takesPart } from '@concordat/access/core';
import type { Missing } from '@concordat/journal/core';
import { workingDaysAfter } from '@concordat/pathway/core';
import type { CivilDate, Sealed } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { isOfStaff, refuseInTheirPlace, refuseUnconfirmed } from './own-word.js';
import { scopeOn } from './partner.js';
import { isConcerned, partiesStill } from './party.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { type BearerGroup, openRisks, type Risk, riskOf, scoreNow, topRisks } from './risk.js';
import { productOf } from './risk-matrix.js';
import { everyIdOf, everyIdToday, worksForAProvider } from './separation.js';
import type { Context, Decide, Evolve, States } from './topic.js';

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
/** The role whose holders alone can answer what was last asked, where it was asked of an office. */
export function officeAsked({ asks }: Statement): Role | undefined {
  const of = asks.at(-1)?.of;
  return of !== undefined && knownByName.includes(of) ? roleOfVoice[of] : undefined;
}
/** The roles in which somebody of this organisation speaks for a group where the voice itself is no role: for a provider there is none. */
const rolesFor = (group: BearerGroup, of: Voice): readonly Role[] => {
  const role = roleOfVoice[of];
  if (role !== undefined) return [role];
  return group === 'provider' ? [] : ['representative', 'participant', 'advocate'];
};

/** Is this asked of somebody who takes part, or of whoever speaks for those who do? */
export const isAskedOfPeople = ({ group, asks }: Pick<Statement, 'group' | 'asks'>): boolean => asks.some(({ of }) => rolesFor(group, of).some(takesPart));

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
}

export interface StatementEvents {
  /** `risks`: those of the top ten that the group carried on that day, which is what it was asked about. */
  'concordat.agreement.statement-sought.v1': Ask & { readonly stage: string; readonly risks: readonly string[]; readonly askedOn: CivilDate };
  'concordat.agreement.statement-recorded.v1': Spoken;
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

export const statementOf = (agreement: Agreement, id: string): Statement | undefined => agreement.statements.find((statement) => statement.id === id);
export const carriedBy = (risks: readonly Risk[], group: BearerGroup): readonly string[] =>
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

/** Those of the risks that none of the statements is about, as large as they are. */
export const unspokenOf = (agreement: Agreement, risks: readonly string[], statements: readonly Statement[]): readonly string[] =>
  risks.filter((risk) => statements.every((statement) => !statement.risks.includes(risk) || grownSince(agreement, statement).includes(risk)));

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

type Here = Pick<States, 'agreement' | 'persons'>;

const isOfTheProvider = ({ agreement, persons }: Here, { group }: Statement, person: string): boolean => {
  const memberOf = persons[person]?.memberOf;
  return isSpokenForByProviders(group) && memberOf?.kind === 'provider' && isConcerned(agreement.award, memberOf.provider);
};

/** Does this account speak for the group, as it was last asked? Staff speak in the offices of this organisation, and for nobody else who carries a risk. */
function isTheirVoice(here: Here, statement: Statement, person: string, today: CivilDate): boolean {
  const { of } = statement.asks.at(-1)!;
  const holdsIt = rolesFor(statement.group, of).some((one) => holdsRole(here.persons[person]?.grants ?? [], one, scopeOn(here.agreement, today), today));
  return isOfTheProvider(here, statement, person) || (holdsIt && (knownByName.includes(of) || !isOfStaff(here, person, today)));
}

const isOfProviders = ({ persons }: Here, { group }: Statement, people: readonly string[]): boolean => !isSpokenForByProviders(group) && people.some((person) => worksForAProvider(persons[person]));

/** Could whoever acts write this down as the view of this account, which is theirs then, or of somebody by this pseudonym? */
export function canBeTheirView(here: Here, statement: Statement, spokenBy: string, { actor, today }: Pick<Context, 'actor' | 'today'>): boolean {
  const everyId = everyIdOf(here.persons, actorName(actor));
  const theirs = here.persons[spokenBy]?.registered === true ? everyId.includes(spokenBy) && isTheirVoice(here, statement, spokenBy, today) : !knownByName.includes(statement.asks.at(-1)!.of);
  return theirs && !isOfProviders(here, statement, [actorName(actor), spokenBy]) && !isOfTheAsker(statement, everyIdOf(here.persons, spokenBy), everyId);
}

/** Who may be asked of these risks in this stage: nobody further down the table than those who answered, until the group carries something new. */
function mayBeAsked(agreement: Agreement, group: BearerGroup, risks: readonly string[]): readonly Voice[] {
  const voices: readonly Voice[] = soughtFrom[group];
  const said = agreement.statements.filter((one) => one.group === group && one.stage === agreement.stage && one.view !== null && one.view !== 'cannot-say' && !isNotTheirView(agreement, one));
  if (unspokenOf(agreement, risks, said).length > 0) return voices;
  return voices.slice(0, 1 + Math.min(...said.map(({ asks }) => voices.indexOf(asks.at(-1)!.of))));
}

/** What the commissioner supplies by asking a group. */
export const toAsk = (what: string): Missing => ({ what, suppliedBy: 'commissioner', by: 'seek-statement' });
export const statementUnknown = refusal('statement.unknown', 'The statement was sought on this agreement.', toAsk('statement'));

export const decide = {
  'seek-statement': ({ agreement }, { statement: id, group, of, form, advocacyOffered, because }, { today }) => {
    const { stage } = agreement;
    const sought = statementOf(agreement, id);
    const open = agreement.statements.find((other) => other.group === group && other.stage === stage && other.view === null && other.id !== id);
    const risks = carriedBy(topRisks(agreement, onTheTopTen), group);
    const voices: readonly Voice[] = soughtFrom[group];
    const may = risks.length > 0 ? mayBeAsked(agreement, group, risks) : voices;
    return unless(
      [
        sought !== undefined && sought.group !== group &&
          refusal('statement.of-another-group', `This statement is sought of ${sought.group}.`, toAsk('statement')),
        sought !== undefined && sought.stage !== stage &&
          refusal('statement.of-another-stage', `This statement was sought in the stage ${sought.stage}.`, toAsk('statement')),
        sought !== undefined && sought.view !== null && alreadySo(`the group has answered: ${sought.view}`),
        sought !== undefined && sought.askedOn.includes(today) && grownSince(agreement, sought).length === 0 && alreadySo('the group was asked today'),
        open !== undefined && refusal('statement.one-per-stage', 'A group is asked for one statement in a stage: who has not answered is asked again.', toAsk(`statement ${open.id}`)),
        risks.length === 0 &&
          refusal('statement.nothing-carried', `The group carries one of the top ${onTheTopTen} risks.`, {
            what: `a risk that ${group} carry`,
            suppliedBy: 'risk-owner',
            by: 'raise-risk',
          }),
        !voices.includes(of) && refusal('statement.not-their-voice', 'A group speaks through those who can speak for it.', ...voices.map(toAsk)),
        voices.includes(of) && !may.includes(of) &&
          refusal('statement.one-per-stage', 'A group that has answered is asked through nobody further down the table, until it carries something new.', ...may.map(toAsk)),
        voices.indexOf(of) > 0 && because === undefined &&
          refusal('statement.fallback-unexplained', `Where ${voices[0] ?? ''} cannot be asked, it is said why.`, toAsk('because')),
        !advocacyOffered &&
          refusal('statement.no-advocacy-offered', 'Someone to stand by them is offered to those who are asked.', toAsk('advocacy')),
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
    const sought = statementOf(agreement, id);
    const speaker = persons[spokenBy];
    const who = sought?.group ?? 'the group';
    const ofTheGroup = (what: string): Missing => ({ what, suppliedBy: sought?.group ?? 'representative', by: 'record-statement' });
    const gone = speaker?.disabled === true && refusal('statement.not-their-view', 'Whoever speaks for a group is still here.', ofTheGroup(`someone who speaks for ${who}`));
    if (sought === undefined) return refuseUnknown(statementUnknown, [gone]);
    const { group, asks } = sought;
    const { of } = asks.at(-1)!;
    const roles = rolesFor(group, of);
    const byProviders = isSpokenForByProviders(group);
    // A provider's people act here once it is invited.
    const toAct = isOfTheProvider(states, sought, spokenBy) && partiesStill(agreement.award).length === 0 ? [{ what: 'the provider, invited', suppliedBy: 'commissioner', by: 'invite-provider' }] : [];
    const isVoice = isTheirVoice(states, sought, spokenBy, today);
    const ofProviders = isOfProviders(states, sought, [actorName(actor), spokenBy]);
    const ofTheAsker = isOfTheAsker(sought, everyIdOf(persons, spokenBy), everyIdOf(persons, actorName(actor)));
    return unless(
      [
        sought.view !== null && alreadySo(`the group has answered: ${sought.view}`),
        ofProviders &&
          refusal('statement.not-their-view', 'The view is that of those who carry the risk, not of who provides the service.', ofTheGroup(`someone who speaks for ${group}`)),
        ofTheAsker &&
          refusal('statement.not-their-view', 'The view is written down by somebody who did not ask for it.', ofTheGroup('someone other than the one who asked')),
        gone,
        (speaker?.registered === true || knownByName.includes(of)) && !isVoice &&
          refusal('statement.not-their-voice', 'A group speaks through whom it was asked of.', ...[...roles, ...(byProviders ? ['one of the provider’s people'] : [])].map((one) => ofTheGroup(`someone who is ${one}`))),
        view !== 'object' && !ofProviders && !ofTheAsker && refuseUnconfirmed(states, context, spokenBy, id, 'statement.not-confirmed', 'record-statement'),
        isVoice && gone === false && refuseInTheirPlace(states, context, spokenBy, 'statement.not-your-own', 'record-statement', ...toAct),
      ],
      () => [happened(agreement.id, 'concordat.agreement.statement-recorded.v1', { statement: id, view, spokenBy, words })],
    );
  },
} satisfies { [C in keyof StatementCommands]: Decide<C> };

export function withStatement(agreement: Agreement, id: string, change: Partial<Statement>): Agreement {
  return agreementWith(agreement, { statements: agreement.statements.map((statement) => (statement.id === id ? { ...statement, ...change } : statement)) });
}

export const evolve = {
  'concordat.agreement.statement-sought.v1': (agreement, { data: { statement: id, group, of, form, because, stage, risks, askedOn }, meta }) => {
    const sought = statementOf(agreement, id);
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
} satisfies { [T in keyof StatementEvents]: Evolve<T> };

/**
 * What was said, or asked twice in vain, as it goes along with each contract of a split: whoever carries a risk is asked once, and asked again
 * of what is new. What nobody answered yet is asked for anew.
 */
export function statementsAlong({ id, statements }: Agreement, context: Pick<Context, 'today' | 'holidays'>): readonly Statement[] {
  return statements.filter((statement) => statementStands(statement, context) !== 'awaited').map((statement) => ({ ...statement, from: statement.from ?? id }));
}
