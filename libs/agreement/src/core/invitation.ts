import { refuse, type Refusal } from '@concordat/journal/core';
import { type Mode, stageOf } from '@concordat/pathway/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import { type Activity, activityOf, carriedOut, activityUnknown, type DecisionRight, refuseUnlessAhead, refuseVoided } from './activity.js';
import { sameWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { type AgreementEvent, happened } from './event.js';
import { asksThatWeigh, happenedTo, initialParticipant, type Interests, mayBeAsked, nextAskFits, type Participant } from './participant.js';
import { isTypedForThem, refuseNotTheirs } from './own-word.js';
import { isConfirmed, withoutProxy } from './confirmed.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { areTwo, refuseSamePerson } from './separation.js';
import type { Context, Decide, Evolve } from './topic.js';
import { askedAs, asksAs } from './tree.js';
import { peopleOf } from './who-took-part.js';

type Asked = { readonly invitation: string; readonly activity: string; readonly participant: string; readonly answerBy: CivilDate };
type Answered = { readonly invitation: string; readonly participant: string };
type NobodyWished = {
  readonly stage: string;
  readonly group: string;
  /** What the group was offered: how much say. */
  readonly offered: DecisionRight;
  /** How it is known: the meeting, the letter, the representative. */
  readonly source: string;
};

/** `saidBy`: each a different person when they said so; the first one's source. */
export type NobodyWishedAsSaid = NobodyWished & { readonly saidBy: readonly string[] };

export interface InvitationCommands {
  /** One ask of one person, on their budget across all agreements. It lapses after `answerBy`, and is then released. */
  'invite-participant': Asked;
  'accept-invitation': Answered;
  /** No reason is asked, and the ask is released: at once by their own word, and once they confirmed it where staff typed it. */
  'decline-invitation': Answered;
  /** A group was offered to take part in a stage and wished not to. It counts once a second person says the same. */
  'record-nobody-wished': NobodyWished;
  /** How many asks in twelve months this person wants, across all agreements; their own word. */
  'choose-ask-budget': { readonly participant: string; readonly asksPerYear: number };
  /** What this person wants to be asked about, across all agreements; their own word, and an empty list says: anything. */
  'choose-interests': Interests & { readonly participant: string };
}

export interface InvitationEvents {
  'concordat.agreement.participant-invited.v1': Asked & { readonly askedOn: CivilDate };
  'concordat.agreement.invitation-accepted.v1': Answered;
  /** `forThem`: typed by staff for whoever declines. */
  'concordat.agreement.invitation-declined.v1': Answered & { readonly forThem: boolean };
  'concordat.agreement.nobody-wished.v1': NobodyWished;
}

export interface Invitation {
  readonly id: string;
  readonly activity: string;
  readonly participant: string;
  readonly askedOn: CivilDate;
  readonly answerBy: CivilDate;
  readonly answer: 'awaited' | 'accepted' | 'declined';
  /** Staff typed for them that they declined. */
  readonly declinedForThem: boolean;
}

/** How an invitation stands today: one that nobody answered in time has lapsed, and a no that staff typed is theirs once they confirmed it. */
export function invitationStands(agreement: Agreement, { id, participant, answer, answerBy, declinedForThem }: Invitation, today: CivilDate): Invitation['answer'] | 'lapsed' | 'declined-unconfirmed' {
  if (answer === 'declined') return declinedForThem && !isConfirmed(agreement, id, participant) ? 'declined-unconfirmed' : answer;
  return answer === 'awaited' && answerBy < today ? 'lapsed' : answer;
}

export function invitationsTo(agreement: Agreement, activities: readonly Activity[]): readonly Invitation[] {
  return agreement.involvement.invitations.filter(({ activity }) => activities.some(({ id }) => id === activity));
}

const facilitator = (what: string, by: string) => ({ what, suppliedBy: 'facilitator', by });

/** Nobody is asked more often than they wish, whichever agreements ask. */
function refuseBeyondBudget(participant: Participant, today: CivilDate): Refusal | false {
  const next = nextAskFits(participant, today);
  const taken = asksThatWeigh(participant, today).length;
  return (
    !mayBeAsked(participant, today) &&
    refusal(
      'ask-budget.exceeded',
      `Nobody is asked more often than they wish: ${taken} of ${participant.asksPerYear} asks in twelve months are taken.`,
      facilitator('someone who has been asked less', 'invite-participant'),
      ...(next === null ? [] : [{ what: `an ask that falls due: the next one fits on ${next}`, suppliedBy: 'time' }]),
    )
  );
}

/** Invitations follow what people said they want to be asked about: the theme of the agreement, which is named for whoever chose some, and what one takes part in. */
function refuseBesideInterests({ interests: { themes, modes } }: Participant, agreement: Agreement, activity: Activity, { pathway }: Context): Refusal | false {
  const theme = agreement.facts.theme?.value;
  const mode: Mode | undefined = agreement.involvement.plans[activity.stage]?.mode ?? stageOf(pathway, activity.stage)?.mode;
  const isWanted = theme !== undefined && themes.some((wanted) => sameWords(wanted, theme));
  const anotherTheme = themes.length > 0 && !isWanted;
  const anotherMode = modes.length > 0 && mode !== undefined && mode !== 'none' && !modes.includes(mode);
  return (
    (anotherTheme || anotherMode) &&
    refusal(
      'invitation.beside-interests',
      'Invitations follow what people said they want to be asked about.',
      ...(anotherTheme && theme === undefined ? [{ what: 'theme', suppliedBy: 'commissioner', by: 'amend-facts' }] : []),
      facilitator('someone who wants to be asked about this', 'invite-participant'),
      { what: 'another word of theirs', suppliedBy: 'participant', by: 'choose-interests' },
    )
  );
}

/** People are asked once: what they give in one contract of a split, or gave before it was split, counts in all of them, and what they gave where something was called off from counts there. */
function refuseAskedElsewhere(participant: Participant, agreement: Agreement, { stage }: Activity, today: CivilDate): Refusal | false {
  const before = asksThatWeigh(participant, today).find((ask) => ask.stage === stage && askedAs(agreement).includes(ask.asksAs) && ask.agreement !== agreement.id);
  return (
    before !== undefined &&
    refusal(
      'invitation.asked-elsewhere',
      'People are asked once for all that one agreement was split into, and for what is called off from it.',
      facilitator(`what they give in agreement-${before.agreement} in this stage`, 'carry-over'),
    )
  );
}

/** Does what is chosen hold anything that was not wanted before? An empty list says: anything. */
const goesBeyond = (wanted: readonly string[], chosen: readonly string[], same = (one: string, other: string) => one === other): boolean =>
  wanted.length > 0 && (chosen.length === 0 || chosen.some((one) => !wanted.some((other) => same(one, other))));

function find(agreement: Agreement, { invitation, participant }: Answered): Invitation | undefined {
  return agreement.involvement.invitations.find(({ id, participant: invited }) => id === invitation && invited === participant);
}

const tookPart = (agreement: Agreement, { activity, participant }: Invitation): boolean => peopleOf(activityOf(agreement, activity)!).includes(participant);
const released = ({ id, participant }: Invitation) => happenedTo(participant, 'concordat.participant.declined.v1', { invitation: id });

/** What follows where somebody confirms that they declined as staff typed it: the ask is released, unless they came. */
export function declinedAsTyped(agreement: Agreement, entry: string): readonly AgreementEvent[] {
  const sent = agreement.involvement.invitations.filter(({ id, answer, declinedForThem }) => id === entry && answer === 'declined' && declinedForThem);
  return sent.filter((one) => !tookPart(agreement, one)).map(released);
}

const invitationUnknown = refusal('invitation.unknown', 'This person was sent this invitation.', facilitator('invitation', 'invite-participant'));

const saysTheSame = (one: Omit<NobodyWished, 'source'>, other: Omit<NobodyWished, 'source'>): boolean => one.stage === other.stage && one.offered === other.offered && sameWords(one.group, other.group);

/** Did two people say that nobody of the group wished to, who are no one person today? */
export const saidByTwo = (agreement: Agreement, { saidBy }: NobodyWishedAsSaid): boolean => areTwo(agreement, saidBy);

/** Whoever said of a group that nobody wished to. */
export const nobodyWishedBy = ({ involvement }: Pick<Agreement, 'involvement'>): readonly string[] => involvement.nobodyWished.flatMap(({ saidBy }) => saidBy);

export const decide = {
  'invite-participant': ({ agreement, participants }, { invitation, activity: id, participant, answerBy }, context) => {
    const { today } = context;
    const activity = activityOf(agreement, id);
    const besides = [
      answerBy < today && refusal('invitation.no-time', 'People have time to answer.', facilitator('answerBy', 'invite-participant')),
      refuseBeyondBudget(participants[participant] ?? initialParticipant, today),
    ];
    if (activity === undefined) return refuseUnknown(activityUnknown, besides);
    const before = invitationsTo(agreement, [activity]).filter((sent) => sent.participant === participant);
    const stands = before.map((sent) => invitationStands(agreement, sent, today));

    return unless(
      [
        refuseVoided(activity),
        (agreement.involvement.invitations.some((sent) => sent.id === invitation) || stands.includes('awaited') || stands.includes('accepted')) &&
          alreadySo('this person is invited'),
        before.some((sent) => sent.answer === 'declined') &&
          refusal('invitation.declined-before', 'Who declined is not asked the same again.', facilitator('someone else', 'invite-participant')),
        answerBy > activity.closesOn &&
          refusal(
            'invitation.answer-too-late',
            `People answer before the activity closes on ${activity.closesOn}.`,
            facilitator('answerBy', 'invite-participant'),
          ),
        refuseAskedElsewhere(participants[participant] ?? initialParticipant, agreement, activity, today),
        refuseBesideInterests(participants[participant] ?? initialParticipant, agreement, activity, context),
        ...besides,
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.participant-invited.v1', { invitation, activity: id, participant, askedOn: today, answerBy }),
        happenedTo(participant, 'concordat.participant.asked.v1', { invitation, agreement: agreement.id, askedOn: today, answerBy, stage: activity.stage, asksAs: asksAs(agreement) }),
      ],
    );
  },

  'accept-invitation': ({ agreement }, { invitation, participant }, { today }) => {
    const sent = find(agreement, { invitation, participant });
    if (sent === undefined) return refuse(invitationUnknown);
    const stands = invitationStands(agreement, sent, today);
    return unless(
      [
        (stands === 'accepted' || stands === 'declined') && alreadySo(`the invitation is ${stands}`),
        (stands === 'lapsed' || (stands === 'declined-unconfirmed' && sent.answerBy < today)) &&
          refusal(
            'invitation.lapsed',
            `The invitation was to be answered by ${sent.answerBy}.`,
            facilitator('a new invitation', 'invite-participant'),
          ),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.invitation-accepted.v1', { invitation, participant }),
        happenedTo(participant, 'concordat.participant.accepted.v1', { invitation }),
      ],
    );
  },

  // Whoever said yes may change their mind, and a no after the day is a no.
  'decline-invitation': (states, { invitation, participant }, context) => {
    const { agreement } = states;
    const sent = find(agreement, { invitation, participant });
    if (sent === undefined) return refuse(invitationUnknown);
    const forThem = isTypedForThem(states, context);
    return unless(
      [
        sent.answer === 'declined' && (forThem || !sent.declinedForThem) && alreadySo('the invitation is declined'),
        tookPart(agreement, sent) && refusal('invitation.took-part', 'Who took part did not decline.', facilitator('someone who did not come', 'decline-invitation')),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.invitation-declined.v1', { invitation, participant, forThem }),
        ...(forThem ? [] : [released(sent)]),
      ],
    );
  },

  'record-nobody-wished': ({ agreement, persons }, { stage, group, offered, source }, context) => {
    const told = agreement.involvement.nobodyWished.find((one) => saysTheSame(one, { stage, group, offered }));
    return unless(
      [
        ...refuseUnlessAhead(agreement, stage, context, 'record-nobody-wished'),
        source.trim() === '' &&
          refusal('nobody-wished.no-source', 'It is said how it is known that nobody wished to.', facilitator('source', 'record-nobody-wished')),
        told !== undefined && saidByTwo(agreement, told) && alreadySo('nobody of this group wished to'),
        told !== undefined && !saidByTwo(agreement, told) &&
          refuseSamePerson(persons, context.actor, told.saidBy, { code: 'second.same-person', asks: 'That nobody wished to is said by two people, for a gate opens on it.', did: 'said so', by: 'record-nobody-wished' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.nobody-wished.v1', { stage, group, offered, source })],
    );
  },

  'choose-ask-budget': (states, { participant, asksPerYear }, context) => {
    const { participants } = states;
    const wanted = (participants[participant] ?? initialParticipant).asksPerYear;
    const asksWanted = { what: 'asksPerYear', suppliedBy: 'participant', by: 'choose-ask-budget' };
    return unless(
      [
        wanted === asksPerYear && alreadySo('this is their ask budget'),
        asksPerYear > wanted && isTypedForThem(states, context) &&
          refuseNotTheirs('ask-budget.not-their-word', `They wish to be asked ${wanted} times in twelve months at most; more is their own word, or that of whoever speaks for them.`, 'asksPerYear', 'choose-ask-budget'),
        (!Number.isInteger(asksPerYear) || asksPerYear < 0) && refusal('ask-budget.not-a-number', 'An ask budget is a whole number, 0 or more.', asksWanted),
      ],
      () => [happenedTo(participant, 'concordat.participant.ask-budget-chosen.v1', { asksPerYear })],
    );
  },

  'choose-interests': (states, { participant, themes, modes }, context) => {
    const before = (states.participants[participant] ?? initialParticipant).interests;
    const chosen: Interests = { themes: [...new Set(themes)], modes: [...new Set(modes)] };
    const more = goesBeyond(before.themes, chosen.themes, sameWords) || goesBeyond(before.modes, chosen.modes);
    return unless(
      [
        canonical(before) === canonical(chosen) && alreadySo('this is what they want to be asked about'),
        more && isTypedForThem(states, context) &&
          refuseNotTheirs('interests.not-their-word', 'What else they want to be asked about is their own word, or that of whoever speaks for them.', 'interests', 'choose-interests'),
      ],
      () => [happenedTo(participant, 'concordat.participant.interests-chosen.v1', chosen)],
    );
  },
} satisfies { [C in keyof InvitationCommands]: Decide<C> };

function answer(agreement: Agreement, invitation: string, given: Pick<Invitation, 'answer' | 'declinedForThem'>): Agreement {
  const invitations = agreement.involvement.invitations.map((sent) => (sent.id === invitation ? { ...sent, ...given } : sent));
  return agreementWith(agreement, { involvement: { ...agreement.involvement, invitations } });
}

export const evolve = {
  'concordat.agreement.participant-invited.v1': (before, { data: { invitation: id, activity, participant, askedOn, answerBy }, meta }) => {
    const agreement = carriedOut(before, meta.actor);
    const sent: Invitation = { id, activity, participant, askedOn, answerBy, answer: 'awaited', declinedForThem: false };
    return agreementWith(agreement, { involvement: { ...agreement.involvement, invitations: [...agreement.involvement.invitations, sent] } });
  },
  'concordat.agreement.invitation-accepted.v1': (agreement, { data }) => answer(agreement, data.invitation, { answer: 'accepted', declinedForThem: false }),
  'concordat.agreement.invitation-declined.v1': (agreement, { data: { invitation, participant, forThem } }) =>
    withoutProxy(answer(agreement, invitation, { answer: 'declined', declinedForThem: forThem }), invitation, participant),
  'concordat.agreement.nobody-wished.v1': (agreement, { data, meta }) => {
    const { nobodyWished } = agreement.involvement;
    const isNew = !nobodyWished.some((told) => saysTheSame(told, data));
    return agreementWith(agreement, {
      involvement: {
        ...agreement.involvement,
        nobodyWished: isNew ? [...nobodyWished, { ...data, saidBy: [meta.actor] }] : nobodyWished.map((told) => (saysTheSame(told, data) ? { ...told, saidBy: [...told.saidBy, meta.actor] } : told)),
      },
    });
  },
} satisfies { [T in keyof InvitationEvents]: Evolve<T> };
