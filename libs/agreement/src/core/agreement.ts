import { type AwardState, initialAward } from './award.js';
import { type CommitmentState, initialCommitments } from './commitment.js';
import { type CarriedOverState, initialCarriedOver } from './carried-over.js';
import { type ConflictState, initialConflicts } from './conflict.js';
import { type KpiState, initialKpis } from './kpi.js';
import { type DeliveryState, initialDelivery } from './obligation.js';
import { type ReviewMeetingState, initialReviews } from './review-meeting.js';
import { type ExpiryState, initialExpiries } from './expiry.js';
import { type FundingState, initialFunding } from './funding.js';
import { initialQualityVisits, type QualityVisitState } from './quality-visit.js';
import { type ProviderConcernState, initialProviderConcerns } from './provider-concern.js';
import { initialModification, type ModificationState } from './modification.js';
import { type VariationState, initialVariations } from './variation.js';
import { type ExitState, initialExit, initialStaffTransfer, initialTransitions, type StaffTransferState, type TransitionState } from './exit.js';
import { initialProviderEngagement, type ProviderEngagementState } from './provider-engagement.js';
import { type OutcomeState, initialOutcomes } from './outcome.js';
import { type ValueState, initialValue } from './benefit.js';
import { type ChallengeState, initialChallenges } from './challenge.js';
import { initialPartners, type PartnerState } from './partner.js';
import { initialPublications, type PublicationState } from './publication.js';
import { type ConsultationState, initialConsultations } from './consultation.js';
import { type ContributionState, initialContributions } from './contribution.js';
import { type Content, noContent } from './content.js';
import { type DecisionState, initialDecision } from './decision.js';
import { type DissentState, initialDissents } from './dissent.js';
import { type ExistingActivityState, type GroupsAskedState, initialExistingActivity, initialGroupsAsked } from './existing-activity.js';
import { type FactState, initialFacts } from './facts.js';
import { type GateConditionState, initialGateConditions } from './gate-condition.js';
import { type HandState, initialHands } from './hands.js';
import { type InformationState, initialInformation } from './information.js';
import { type InvolvementState, initialInvolvement } from './involvement.js';
import { initialNotices, initialPublishedNotices, type NoticeState, type PublishedNoticeState } from './notice.js';
import { type CarriedState, initialCarried } from './carry-on.js';
import { type PaymentState, initialPayments } from './payment.js';
import { type ProxyState, initialProxies } from './confirmed.js';
import { type ControlState, initialControls } from './control.js';
import { type IncidentState, initialIncidents } from './incident.js';
import { initialOpportunities, type OpportunityState } from './opportunity.js';
import { type RiskState, initialRisk } from './risk.js';
import { initialRiskPanels, type RiskPanelState } from './risk-panel.js';
import { initialRiskPrompts, type RiskPromptState } from './risk-prompt.js';
import { initialRouteChoice, type RouteChoiceState } from './route-choice.js';
import type { KnownAs } from './known-today.js';
import { type SignOffState, initialSignOffs } from './sign-off.js';
import { type PanelsHeard, initialPanelsHeard } from './sign-off-panel.js';
import { type StageState, initialStage } from './stage.js';
import { initialReadiness, type ReadinessState } from './readiness.js';
import { type EvaluationState, initialEvaluation } from './evaluation.js';
import { initialOptions, type OptionState } from './option.js';
import { type StatementState, initialStatements } from './statement.js';
import { type CountsTold, initialCountsTold } from './small-numbers.js';
import { initialTransfer, type TransferState } from './transfer.js';
import { initialTree, type TreeState } from './tree.js';
import { initialUrgency, type UrgencyState } from './urgency.js';
import { initialWaivers, type WaiverState } from './waiver.js';

/** One agreement as its stream tells it: where it stands, and one slice for each topic. */
export interface Agreement extends StageState {
  readonly facts: FactState;
  readonly activitiesOfPeople: ExistingActivityState;
  readonly groupsAsked: GroupsAskedState;
  readonly involvement: InvolvementState;
  readonly carriedOver: CarriedOverState;
  readonly dissents: DissentState;
  readonly information: InformationState;
  readonly payments: PaymentState;
  readonly proxies: ProxyState;
  readonly contributions: ContributionState;
  readonly commitments: CommitmentState;
  readonly carried: CarriedState;
  readonly tree: TreeState;
  readonly risk: RiskState;
  readonly opportunities: OpportunityState;
  readonly controls: ControlState;
  readonly incidents: IncidentState;
  readonly riskPrompts: RiskPromptState;
  readonly riskPanels: RiskPanelState;
  readonly statements: StatementState;
  readonly conflicts: ConflictState;
  readonly signOffs: SignOffState;
  readonly panelsHeard: PanelsHeard;
  readonly decision: DecisionState;
  /** The last decision that fell because the agreement went back over it, while none was taken since. */
  readonly decisionFell: DecisionState;
  readonly award: AwardState;
  readonly notices: NoticeState;
  readonly waivers: WaiverState;
  /** What the team on record was called before. */
  readonly formerTeams: readonly string[];
  readonly gateConditions: GateConditionState;
  readonly urgency: UrgencyState;
  readonly routeChoice: RouteChoiceState;
  readonly publishedNotices: PublishedNoticeState;
  readonly options: OptionState;
  readonly consultations: ConsultationState;
  readonly challenges: ChallengeState;
  readonly evaluation: EvaluationState;
  readonly readiness: ReadinessState;
  readonly partners: PartnerState;
  readonly publications: PublicationState;
  readonly kpis: KpiState;
  readonly delivery: DeliveryState;
  readonly reviews: ReviewMeetingState;
  readonly providerConcerns: ProviderConcernState;
  readonly expiries: ExpiryState;
  readonly qualityVisits: QualityVisitState;
  readonly funding: FundingState;
  readonly variations: VariationState;
  readonly modification: ModificationState;
  readonly exit: ExitState;
  readonly transitions: TransitionState;
  readonly staffTransfer: StaffTransferState;
  readonly countsTold: CountsTold;
  readonly providerEngagement: ProviderEngagementState;
  readonly outcomes: OutcomeState;
  readonly value: ValueState;
  /** Who had a hand in what is approved, whoever took it over since. */
  readonly hands: HandState;
  readonly transfer: TransferState;
  /** Under which ids people are known today; in no event, and read with it (known-today.ts). */
  readonly knownAs: KnownAs;
  /** What may be signed, decided or accepted, as hashes of the material facts each rests on. */
  readonly content: Content;
}

/** No agreement yet: what a stream without events folds to. */
export const initialAgreement: Agreement = {
  ...initialStage,
  facts: initialFacts,
  activitiesOfPeople: initialExistingActivity,
  groupsAsked: initialGroupsAsked,
  involvement: initialInvolvement,
  carriedOver: initialCarriedOver,
  dissents: initialDissents,
  information: initialInformation,
  payments: initialPayments,
  proxies: initialProxies,
  contributions: initialContributions,
  commitments: initialCommitments,
  carried: initialCarried,
  tree: initialTree,
  risk: initialRisk,
  opportunities: initialOpportunities,
  controls: initialControls,
  incidents: initialIncidents,
  riskPrompts: initialRiskPrompts,
  riskPanels: initialRiskPanels,
  statements: initialStatements,
  conflicts: initialConflicts,
  signOffs: initialSignOffs,
  panelsHeard: initialPanelsHeard,
  decision: initialDecision,
  decisionFell: initialDecision,
  award: initialAward,
  notices: initialNotices,
  waivers: initialWaivers,
  formerTeams: [],
  gateConditions: initialGateConditions,
  urgency: initialUrgency,
  routeChoice: initialRouteChoice,
  publishedNotices: initialPublishedNotices,
  options: initialOptions,
  consultations: initialConsultations,
  challenges: initialChallenges,
  evaluation: initialEvaluation,
  readiness: initialReadiness,
  partners: initialPartners,
  publications: initialPublications,
  kpis: initialKpis,
  delivery: initialDelivery,
  reviews: initialReviews,
  providerConcerns: initialProviderConcerns,
  expiries: initialExpiries,
  qualityVisits: initialQualityVisits,
  funding: initialFunding,
  variations: initialVariations,
  modification: initialModification,
  exit: initialExit,
  transitions: initialTransitions,
  staffTransfer: initialStaffTransfer,
  countsTold: initialCountsTold,
  providerEngagement: initialProviderEngagement,
  outcomes: initialOutcomes,
  value: initialValue,
  hands: initialHands,
  knownAs: {},
  transfer: initialTransfer,
  content: noContent,
};
