import type { CommandName } from '@concordat/agreement/core';

/** How a command is called on pages: the heading of its form and its link, what it does, and its members where they differ from `labels`. */
export interface CommandWords {
  readonly title: string;
  readonly says: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly hints?: Readonly<Record<string, string>>;
}

/** Every command in words. A command that is forgotten does not compile. */
export const commandWords: { readonly [C in CommandName]: CommandWords } = {
  'open-agreement': {
    title: 'Open an agreement',
    says: 'It begins at the first stage of its commissioning process. Its value and what it touches decide how much is asked.',
    labels: { 'pathway.id': 'Commissioning process', 'route.id': 'Route', value: 'Estimated value', raises: 'Does any of this hold?' },
    hints: { title: 'What people will know it by, such as “Home care in the north of the borough”', value: 'Leave it empty if nobody knows yet', raises: 'Each asks more of the agreement' },
  },
  'take-over-agreement': {
    title: 'Take over an agreement that is under way',
    says: 'It begins at the stage it stands in. The gates before that stage are shown as not evidenced.',
    labels: { 'pathway.id': 'Commissioning process', 'route.id': 'Route', 'from.source': 'Where it was kept so far', 'from.reference': 'Its reference there', value: 'Value' },
  },
  'request-gate': { title: 'Move to the next stage', says: 'The gate opens when everything it asks is there. Nothing is asked twice.', labels: { stage: 'Leaving' } },
  'return-to-stage': { title: 'Go back to an earlier stage', says: 'Sign-offs, decision and award of the stages it goes back over fall. What people gave stays: nobody is asked twice.', labels: { stage: 'Back to' } },
  hold: { title: 'Put on hold', says: 'Gates stay shut until it is resumed. What is owed to people goes on.', labels: { until: 'Until' }, hints: { until: 'Leave it empty if you do not know' } },
  resume: { title: 'Resume', says: 'It goes on where it stood.' },
  cancel: { title: 'Cancel the agreement', says: 'It ends here. The record stays.' },
  'amend-facts': { title: 'Record facts', says: 'Only what you change is recorded. Where a sign-off rests on what changes, it goes stale.' },
  'record-what-people-do': {
    title: 'Record what people already do',
    says: 'Told of a group, never of one person. Whoever wishes not to be on record is left out.',
    labels: { group: 'Who does it', does: 'What they do', people: 'How many people, roughly', hoursAWeek: 'Hours a week, roughly', dependsOnIt: 'What would not happen without it', needs: 'What they need to go on', onRecord: 'Who may see this' },
    hints: { people: 'A guess is better than silence. It is never added up to a saving.', needs: 'Leave it empty if they said that they need nothing' },
  },
  'take-off-record': { title: 'Take what people do off the record', says: 'They no longer wish it to be shown.', labels: { activity: 'What they do' } },
  'record-stages-that-matter': { title: 'Record which stages matter to people', says: 'Invitations follow what people said. That no stage matters to them is an answer too.', labels: { stages: 'Stages that matter to them', group: 'Who said so' } },
  'plan-involvement': {
    title: 'Plan involvement',
    says: 'What is planned with people in one stage. It takes the place of an earlier plan for that stage.',
    labels: { people: 'How many people are wanted', method: 'How', groups: 'Who is to take part', 'resources.amount': 'The budget', 'resources.group': 'The group that says it needs nothing', 'resources.because': '“We need nothing because …”', resources: 'What it lives on' },
    hints: { resources: 'Co-production is not free of cost' },
  },
  'plan-activity': {
    title: 'Plan an activity',
    says: 'Something people are asked to take part in.',
    labels: { title: 'What it is called', groups: 'Who it is for', right: 'What may people do there?', ledBy: 'Who leads it', closesOn: 'Last day' },
    hints: { title: 'Such as “An evening at the hall”', closesOn: 'What people say later is answered too, and holds up nothing' },
  },
  'void-activity': { title: 'Void an activity', says: 'It did not happen, or not as it should have. Its facts count no more; what people said there is still answered.' },
  'record-attendance': { title: 'Record who took part', says: 'Pseudonyms only: no name of anybody who took part is kept in the record.', labels: { participants: 'Who came', on: 'On' } },
  'record-effort': { title: 'Record hours somebody gave', says: 'Hours are never counted as a saving.', labels: { participant: 'Who gave them', hours: 'Hours', on: 'On' } },
  'record-joint-decision': { title: 'Record a decision made with people', says: 'What was decided with, or by, those who took part.', labels: { decided: 'What was decided', on: 'On' } },
  'record-could-it-change': { title: 'Record an answer: could what you said change it?', says: 'Asked of those who took part. The last answer counts.', labels: { participant: 'Who answers', answer: 'Could what you said change it?' } },
  'invite-participant': { title: 'Invite someone', says: 'One ask of one person, counted on the number of asks they want in a year.', labels: { participant: 'Whom', answerBy: 'Answer by' } },
  'accept-invitation': { title: 'Accept an invitation', says: 'They will take part.', labels: { invitation: 'Which invitation', participant: 'Who answers' } },
  'decline-invitation': { title: 'Decline an invitation', says: 'No reason is asked. The ask no longer counts.', labels: { invitation: 'Which invitation', participant: 'Who answers' } },
  'record-nobody-wished': { title: 'Record that nobody wished to take part', says: 'An offer that nobody took up is evidence as good as any.', labels: { offered: 'What they were offered', source: 'How it is known' } },
  'choose-ask-budget': { title: 'Choose how often to be asked', says: 'Counted across all agreements.', labels: { participant: 'Who', asksPerYear: 'Asks in a year, at most' } },
  'record-contribution': {
    title: 'Record what someone said',
    says: 'In their words. The words are sealed under their own key; the record holds a pseudonym.',
    labels: { author: 'Who said it', text: 'What they said', givenOn: 'On', activity: 'Where they said it' },
  },
  'create-theme': { title: 'Begin a theme', says: 'A theme gathers what several people said, so that it is answered once and well.', labels: { title: 'What it is about' } },
  'put-in-theme': { title: 'Put what people said into a theme', says: 'What someone said may stand in several themes.', labels: { contributions: 'What was said' } },
  'answer-theme': {
    title: 'Answer a theme',
    says: 'An answer stands: only what was deferred is answered again. Everyone who said something in it has this answer.',
    labels: { response: 'The answer', 'response.reasons': 'Reasons', 'response.changed': 'What it changed, and where one can see it' },
  },
  'record-feedback': { title: 'Record that people were told', says: 'They were told what was done with all they said that has an answer by now.', labels: { participants: 'Who was told', outcome: 'How' } },
  'raise-risk': {
    title: 'Raise a risk',
    says: 'Seen three ways: with people, by professionals alone, and if nothing is done.',
    labels: { title: 'What may happen', bearers: 'Who carries it', owner: 'Who answers for it', scores: 'How likely, how bad' },
    hints: { scores: 'From 1 (lowest) to 5. Leave a way empty that nobody has looked at yet.' },
  },
  'rescore-risk': { title: 'Score a risk anew', says: 'All three ways are said again.', labels: { scores: 'How likely, how bad' }, hints: { scores: 'From 1 (lowest) to 5. Leave a way empty that nobody has looked at yet.' } },
  'close-risk': { title: 'Close a risk', says: 'One that comes back is raised anew.' },
  'seek-statement': {
    title: 'Ask those who carry a risk for their view',
    says: 'In a form they can use, with someone offered to stand by them. After a second ask and 15 working days without an answer, the gate no longer waits.',
    labels: { statement: 'First or second ask', group: 'Whom', of: 'Who speaks for them', form: 'In which form', advocacyOffered: 'Someone to stand by them was offered' },
  },
  'record-statement': {
    title: 'Give your view',
    says: 'This is your view. You are not taking responsibility for the decision.',
    labels: { statement: 'What is asked', view: 'Your view', spokenBy: 'Who puts it into words', words: 'In your own words' },
  },
  'reply-to-objection': { title: 'Reply to an objection', says: 'An objection blocks nothing and is not left without a word.', labels: { statement: 'Which objection', reply: 'The reply', secondPerson: 'Second person who read it' } },
  'declare-conflict': { title: 'Declare an interest', says: 'It shuts no gate. Whoever has an interest does not approve.', labels: { person: 'Who declares', role: 'Acting as', interest: 'Where the interest lies', about: 'What it is about' } },
  'declare-no-conflict': { title: 'Declare that you have no interest', says: 'Your own word, for the role in which you act here.', labels: { person: 'Who declares', role: 'Acting as' } },
  'request-sign-off': { title: 'Ask for a sign-off', says: 'It will rest on the facts as they stand when it is given.', labels: { kind: 'What is asked', discipline: 'Of whom' } },
  'sign-off': {
    title: 'Sign off',
    says: 'Bound to what you read. If that changes later, the sign-off goes stale and is asked again.',
    labels: { signOff: 'What you are asked', outcome: 'Your answer', 'outcome.conditions': 'Conditions, if there are any', 'outcome.reason': 'Reasons', 'outcome.conditions.*.what': 'What is still to be done', 'outcome.conditions.*.dueOn': 'By when' },
  },
  'withdraw-sign-off': { title: 'Withdraw a sign-off', says: 'A request by who asked, a sign-off by who gave it.', labels: { signOff: 'Which sign-off' } },
  'record-decision': {
    title: 'Record the decision',
    says: 'No sign-off discharges a duty that is the decision-maker’s own.',
    labels: {
      decidedBy: 'Who decided', 'decidedBy.body': 'Which body', 'decidedBy.minute': 'Minute', 'decidedBy.delegation': 'Delegation', scheme: 'What gives the power', key: 'Is it a key decision?',
      'key.announcedOn': 'Announced on', decidedOn: 'Decided on', inForceFrom: 'In force from', weighed: 'What was weighed', versionRead: 'What was read',
    },
    hints: { scheme: 'The paragraph of the constitution or scheme of delegation', inForceFrom: 'After any call-in', weighed: '“What I weighed was …”' },
  },
  'invite-provider': { title: 'Invite a provider', says: 'The provider hears of it, and of every later step of the sourcing at the same instant as everybody else.', labels: { provider: 'Provider' } },
  'propose-award': { title: 'Propose an award', says: 'For the decision-maker to decide on. No provider hears of it.', labels: { provider: 'To', value: 'Value' } },
  'publish-award-notice': { title: 'Record the published award notice', says: 'The standstill is counted from the day of publication.', labels: { publishedOn: 'Published on', reference: 'Number of the notice' } },
  'accept-award': { title: 'Accept the award', says: 'By a signatory of the provider, on what stands now.', labels: { versionRead: 'What was read' } },
  'record-notice': { title: 'Record a later notice', says: 'A notice never moves a stage.' },
};

/** What a member of any command is called where its command has no word of its own. */
export const labels: Readonly<Record<string, string>> = {
  title: 'Title',
  kind: 'Kind',
  stage: 'Stage',
  reason: 'Reason',
  activity: 'Activity',
  mode: 'What people take part in',
  say: 'Say: how much voice',
  do: 'Do: how much people do themselves',
  groups: 'Groups',
  group: 'Group',
  on: 'On',
  theme: 'Theme',
  risk: 'Risk',
  provider: 'Provider',
  amount: 'Amount',
  currency: 'Currency',
  startsOn: 'From',
  endsOn: 'To',
  reference: 'Reference',
  likelihood: 'How likely (1 to 5)',
  impact: 'How bad (1 to 5)',
  version: 'Version',
  outcome: 'Answer',
  'co-produced': 'Co-produced, as planned with people',
  'professional-only': 'By professionals alone',
  'not-acting': 'If nothing is done',
  stages: 'Stages',
  participants: 'People who took part',
  participant: 'Person who took part',
  askedOn: 'Asked on',
  content: 'What sign-offs rest on',
  value: 'Value',
  facts: 'Facts',
};

/** Hints by kind of field. */
export const hints = {
  date: 'For example, 27 3 2026',
  lines: 'One a line',
  money: 'In pounds, such as 9,000 or 1234.50',
} as const;

/** Codes as people say them. */
export const codes: Readonly<Record<string, string>> = {
  contract: 'Contract', grant: 'Grant', framework: 'Framework', 'call-off': 'Call-off', placement: 'Placement', project: 'Project',
  'ends-a-service': 'It ends a service', 'closed-setting': 'It is for a closed setting', 'untried-model': 'The model is untried',
  'co-commissioning': 'Co-commissioning: planning, setting priorities, finding the money', 'co-design': 'Co-design', 'co-delivery': 'Co-delivery: managing and doing it', 'co-assessment': 'Co-assessment: watching and judging it',
  inform: 'Be informed', consult: 'Be consulted', advise: 'Advise', 'decide-jointly': 'Decide together with staff', decide: 'Decide',
  staff: 'Staff', together: 'Staff and people together', people: 'People themselves',
  yes: 'Yes', no: 'No', 'not-sure': 'Not sure',
  public: 'The public', internal: 'Only inside the organisation',
  adopted: 'Adopted', 'adopted-in-part': 'Adopted in part', 'not-adopted': 'Not adopted', deferred: 'Deferred', 'out-of-scope': 'Out of scope',
  delivered: 'To them', published: 'Published for everyone', declined: 'They did not wish to hear', undeliverable: 'There was no way to reach them',
  'service-users': 'People who use the service', carers: 'Carers', community: 'The community', 'provider-staff': 'The provider’s staff', provider: 'The provider', commissioner: 'The commissioner',
  'user-led-body': 'A body led by users', advocate: 'An advocate', 'lived-experience-elsewhere': 'People with lived experience elsewhere', 'carer-led-body': 'A body led by carers', 'community-body': 'A body of the community',
  'elected-member': 'An elected member', 'staff-body': 'A body of staff', 'senior-responsible-owner': 'The senior responsible owner',
  'easy-read': 'Easy read', 'large-print': 'Large print', 'plain-language': 'Plain language', spoken: 'Spoken', signed: 'Signed', translated: 'Translated', 'with-pictures': 'With pictures',
  content: 'Content', 'content-if': 'Content if …', object: 'I object', 'cannot-say': 'I cannot say',
  'own-proposal': 'It is my own proposal', money: 'Money', relative: 'A relative', employer: 'An employer', bid: 'A bid', other: 'Something else',
  approval: 'Approval: someone checks it whose own work it is not', acceptance: 'Acceptance: by the owner who must accept it',
  granted: 'Grant, with or without conditions', refused: 'Refuse',
  body: 'A body, at a meeting', officer: 'An officer, under a delegation', 'not-key': 'Not a key decision', key: 'A key decision',
  budget: 'A budget', 'nothing-needed': 'The group says that it needs nothing', 'not-yet': 'Not known yet',
};

/** What happened, by event type without its prefix and version. What is not here is said from its name. */
export const happenings: Readonly<Record<string, string>> = {
  opened: 'The agreement was opened',
  'taken-over': 'The agreement was taken over',
  'gate-opened': 'The gate opened',
  'stage-entered': 'A new stage was entered',
  closed: 'The agreement was closed',
  returned: 'It went back to an earlier stage',
  held: 'It was put on hold',
  resumed: 'It was resumed',
  cancelled: 'It was cancelled',
  'facts-amended': 'Facts were recorded',
  'what-people-do-recorded': 'What people already do was recorded',
  'what-people-do-taken-off-record': 'What people do was taken off the record',
  'stages-that-matter-recorded': 'Which stages matter to people was recorded',
  'involvement-planned': 'Involvement was planned',
  'activity-planned': 'An activity was planned',
  'activity-voided': 'An activity was voided',
  'attendance-recorded': 'Who took part was recorded',
  'effort-recorded': 'Hours that somebody gave were recorded',
  'joint-decision-recorded': 'A decision made with people was recorded',
  'could-it-change-answered': 'Someone said whether what they said could change it',
  'participant-invited': 'Someone was invited',
  'invitation-accepted': 'An invitation was accepted',
  'invitation-declined': 'An invitation was declined',
  'nobody-wished': 'It was recorded that nobody wished to take part',
  'contribution-recorded': 'What someone said was recorded',
  'theme-created': 'A theme was begun',
  'put-in-theme': 'What people said was put into a theme',
  'theme-answered': 'A theme was answered',
  'feedback-recorded': 'People were told what was done with what they said',
  'risk-raised': 'A risk was raised',
  'risk-rescored': 'A risk was scored anew',
  'risk-closed': 'A risk was closed',
  'statement-sought': 'Those who carry risks were asked for their view',
  'statement-recorded': 'A view of those who carry risks was recorded',
  'objection-replied-to': 'An objection was replied to',
  'conflict-declared': 'An interest was declared',
  'no-conflict-declared': 'It was declared that there is no interest',
  'sign-off-requested': 'A sign-off was asked for',
  'signed-off': 'A sign-off was answered',
  'sign-off-withdrawn': 'A sign-off was withdrawn',
  'decision-recorded': 'The decision was recorded',
  'provider-invited': 'A provider was invited',
  'award-proposed': 'An award was proposed',
  'award-notice-published': 'The award notice was published',
  'award-accepted': 'The provider accepted the award',
  awarded: 'The award was made',
  'notice-recorded': 'A later notice was recorded',
  asked: 'Their number of asks was counted',
  accepted: 'Their answer was counted',
  'ask-budget-chosen': 'How often they want to be asked was chosen',
};

/** Roles in words, with an article, as “from …” takes them. */
export const roleWords: Readonly<Record<string, string>> = {
  commissioner: 'a commissioner', 'senior-responsible-owner': 'the senior responsible owner', 'decision-maker': 'the decision-maker', approver: 'an approver',
  'risk-owner': 'a risk owner', representative: 'a representative', participant: 'someone who took part', advocate: 'an advocate', facilitator: 'a facilitator',
  'panel-chair': 'the chair of a panel', 'provider-admin': 'a provider’s administrator', 'provider-operator': 'a provider’s operator', 'provider-signatory': 'a provider’s signatory',
  'contract-manager': 'a contract manager', finance: 'finance', auditor: 'an auditor', 'elected-member': 'an elected member', publisher: 'a publisher', administrator: 'an administrator',
  time: 'the passing of time', 'service-users': 'people who use the service', carers: 'carers', community: 'the community', 'provider-staff': 'the provider’s staff', provider: 'the provider', public: 'the public',
};

/** What is wrong with a field. */
export const faults = {
  missing: (label: string) => `${label}: nothing is here yet`,
  unreadable: (label: string) => `${label}: this cannot be read`,
  date: (label: string) => `${label}: this is not a day of the calendar`,
  number: (label: string) => `${label}: this is not a number that fits`,
  money: (label: string) => `${label}: write an amount in pounds and pence, such as 1234.50`,
  choose: (label: string) => `${label}: choose one`,
} as const;

/** Commands by what they are about, as the list of actions shows them. */
export const actionGroups: readonly { readonly title: string; readonly commands: readonly CommandName[] }[] = [
  { title: 'Stage', commands: ['request-gate', 'return-to-stage', 'hold', 'resume', 'cancel'] },
  { title: 'Facts and interests', commands: ['amend-facts', 'declare-no-conflict', 'declare-conflict'] },
  {
    title: 'Involvement',
    commands: [
      'record-what-people-do', 'take-off-record', 'record-stages-that-matter', 'plan-involvement', 'plan-activity', 'invite-participant', 'accept-invitation', 'decline-invitation', 'record-attendance',
      'record-effort', 'record-joint-decision', 'record-could-it-change', 'record-nobody-wished', 'choose-ask-budget', 'void-activity',
    ],
  },
  { title: 'What people said', commands: ['record-contribution', 'create-theme', 'put-in-theme', 'answer-theme', 'record-feedback'] },
  { title: 'Risk and views', commands: ['raise-risk', 'rescore-risk', 'close-risk', 'seek-statement', 'record-statement', 'reply-to-objection'] },
  { title: 'Sign-off, decision, award', commands: ['request-sign-off', 'sign-off', 'withdraw-sign-off', 'record-decision', 'invite-provider', 'propose-award', 'publish-award-notice', 'accept-award'] },
];
