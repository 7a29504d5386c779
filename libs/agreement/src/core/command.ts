import type { AwardCommands } from './award.js';
import type { CarriedOverCommands } from './carried-over.js';
import type { GrantedOnConditionCommands } from './granted-on-condition.js';
import type { KpiCommands } from './kpi.js';
import type { ObligationCommands } from './obligation.js';
import type { ReviewMeetingCommands } from './review-meeting.js';
import type { ExpiryCommands } from './expiry.js';
import type { FundingCommands } from './funding.js';
import type { QualityVisitCommands } from './quality-visit.js';
import type { ProviderConcernCommands } from './provider-concern.js';
import type { VariationCommands } from './variation.js';
import type { VariationAcceptanceCommands } from './variation-acceptance.js';
import type { ExitCommands } from './exit.js';
import type { ProviderEngagementCommands } from './provider-engagement.js';
import type { OutcomeCommands } from './outcome.js';
import type { BenefitCommands } from './benefit.js';
import type { ChallengeCommands } from './challenge.js';
import type { PartnerCommands } from './partner.js';
import type { PublicationCommands } from './publication.js';
import type { ConflictCommands } from './conflict.js';
import type { LiftingCommands } from './interest-lifted.js';
import type { CommitmentCommands } from './commitment.js';
import type { ConsultationCommands } from './consultation.js';
import type { ConcernCommands } from './concern.js';
import type { ContributionCommands } from './contribution.js';
import type { DecisionCommands } from './decision.js';
import type { DissentCommands } from './dissent.js';
import type { ExistingActivityCommands } from './existing-activity.js';
import type { FactCommands } from './facts.js';
import type { FeedbackCommands } from './feedback.js';
import type { InvolvementCommands } from './involvement.js';
import type { NoticeCommands } from './notice.js';
import type { CarryOnCommands } from './carry-on.js';
import type { ReversalCommands } from './reversal.js';
import type { InformationCommands } from './information.js';
import type { ErasureCommands } from './erasure.js';
import type { PaymentCommands } from './payment.js';
import type { ProxyCommands } from './proxy.js';
import type { RiskCommands } from './risk.js';
import type { RiskClosingCommands } from './risk-closing.js';
import type { EscalationCommands } from './escalation.js';
import type { OpportunityCommands } from './opportunity.js';
import type { ControlCommands } from './control.js';
import type { IncidentCommands } from './incident.js';
import type { RiskPromptCommands } from './risk-prompt.js';
import type { RiskPanelCommands } from './risk-panel.js';
import type { SignOffCommands } from './sign-off.js';
import type { BeginningCommands } from './beginning.js';
import type { StageCommands } from './stage.js';
import type { TierRaiseCommands } from './tier-raise.js';
import type { ObjectionCommands } from './objection.js';
import type { StatementCommands } from './statement.js';
import type { LotCommands } from './lots.js';
import type { ReadinessCommands } from './readiness.js';
import type { EvaluationCommands } from './evaluation.js';
import type { OptionCommands } from './option.js';
import type { AnswerCheckCommands } from './answer-check.js';
import type { OwnAnswerCommands } from './own-answer.js';
import type { ThemeCommands } from './theme.js';
import type { GateConditionCommands } from './gate-condition.js';
import type { PathwayChangeCommands } from './pathway-change.js';
import type { SplitCommands } from './split.js';
import type { CallInCommands } from './call-in.js';
import type { CallOffCommands } from './call-off.js';
import type { TransferCommands } from './transfer.js';
import type { TreeCommands } from './tree.js';
import type { UninvitingCommands } from './uninviting.js';
import type { UnlinkingCommands } from './unlinking.js';
import type { RouteChoiceCommands } from './route-choice.js';
import type { UrgencyCommands } from './urgency.js';
import type { WaiverCommands } from './waiver.js';

/** Everything that can be asked of an agreement, by name: what the command carries besides the agreement it is about. */
export interface Commands
  extends BeginningCommands,
    StageCommands,
    TierRaiseCommands,
    FactCommands,
    ExistingActivityCommands,
    InvolvementCommands,
    CarriedOverCommands,
    DissentCommands,
    InformationCommands,
    PaymentCommands,
    ErasureCommands,
    ProxyCommands,
    ContributionCommands,
    ConcernCommands,
    ThemeCommands,
    OwnAnswerCommands,
    AnswerCheckCommands,
    FeedbackCommands,
    CommitmentCommands,
    CarryOnCommands,
    ReversalCommands,
    RiskCommands,
    RiskClosingCommands,
    EscalationCommands,
    OpportunityCommands,
    ControlCommands,
    IncidentCommands,
    RiskPromptCommands,
    RiskPanelCommands,
    StatementCommands,
    ObjectionCommands,
    ConflictCommands,
    LiftingCommands,
    SignOffCommands,
    GrantedOnConditionCommands,
    OptionCommands,
    ConsultationCommands,
    EvaluationCommands,
    DecisionCommands,
    CallInCommands,
    ChallengeCommands,
    PartnerCommands,
    PublicationCommands,
    AwardCommands,
    UninvitingCommands,
    LotCommands,
    SplitCommands,
    CallOffCommands,
    TreeCommands,
    UnlinkingCommands,
    NoticeCommands,
    WaiverCommands,
    GateConditionCommands,
    UrgencyCommands,
    ReadinessCommands,
    RouteChoiceCommands,
    KpiCommands,
    ObligationCommands,
    ReviewMeetingCommands,
    ProviderConcernCommands,
    ExpiryCommands,
    QualityVisitCommands,
    FundingCommands,
    VariationCommands,
    VariationAcceptanceCommands,
    ExitCommands,
    ProviderEngagementCommands,
    OutcomeCommands,
    BenefitCommands,
    PathwayChangeCommands,
    TransferCommands {}

/** The name of a command, as it stands in the API's path; a wire name. */
export type CommandName = keyof Commands;

/** One command with the agreement it is about; ids of new things are in it, so that the core makes none. */
export type CommandOf<C extends CommandName> = { readonly name: C; readonly agreement: string } & Commands[C];

/** Any command on an agreement, with its free text sealed. */
export type AgreementCommandBody = { [C in CommandName]: CommandOf<C> }[CommandName];
