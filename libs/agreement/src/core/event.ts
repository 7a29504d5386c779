import type { EventMeta, NewEvent } from '@concordat/journal/core';
import type { ArrivalEvents } from './arrival.js';
import type { AwardEvents } from './award.js';
import type { CarriedOverEvents } from './carried-over.js';
import type { GrantedOnConditionEvents } from './granted-on-condition.js';
import type { KpiEvents } from './kpi.js';
import type { ObligationEvents } from './obligation.js';
import type { ReviewMeetingEvents } from './review-meeting.js';
import type { ExpiryEvents } from './expiry.js';
import type { FundingEvents } from './funding.js';
import type { QualityVisitEvents } from './quality-visit.js';
import type { ProviderConcernEvents } from './provider-concern.js';
import type { VariationEvents } from './variation.js';
import type { VariationAcceptanceEvents } from './variation-acceptance.js';
import type { ExitEvents } from './exit.js';
import type { ExtensionEvents } from './extension.js';
import type { ProviderEngagementEvents } from './provider-engagement.js';
import type { OutcomeEvents } from './outcome.js';
import type { BenefitEvents } from './benefit.js';
import type { ChallengeEvents } from './challenge.js';
import type { PartnerEvents } from './partner.js';
import type { PublicationEvents } from './publication.js';
import type { ConflictEvents } from './conflict.js';
import type { LiftingEvents } from './interest-lifted.js';
import type { CommitmentEvents } from './commitment.js';
import type { ConsultationEvents } from './consultation.js';
import type { ConcernEvents } from './concern.js';
import type { ContributionEvents } from './contribution.js';
import type { DecisionEvents } from './decision.js';
import type { DecisionAboveEvents } from './decision-above.js';
import type { DissentEvents } from './dissent.js';
import type { ExistingActivityEvents } from './existing-activity.js';
import type { FactEvents } from './facts.js';
import type { FeedbackEvents } from './feedback.js';
import type { InvolvementEvents } from './involvement.js';
import type { NoticeEvents } from './notice.js';
import type { ParticipantEvents } from './participant.js';
import type { CarryOnEvents } from './carry-on.js';
import type { ReversalEvents } from './reversal.js';
import type { InformationEvents } from './information.js';
import type { PaymentEvents } from './payment.js';
import type { ProxyEvents } from './proxy.js';
import type { RiskEvents } from './risk.js';
import type { RiskClosingEvents } from './risk-closing.js';
import type { EscalationEvents } from './escalation.js';
import type { OpportunityEvents } from './opportunity.js';
import type { ControlEvents } from './control.js';
import type { IncidentEvents } from './incident.js';
import type { RiskPromptEvents } from './risk-prompt.js';
import type { RiskPanelEvents } from './risk-panel.js';
import type { SignOffEvents } from './sign-off.js';
import type { BeginningEvents } from './beginning.js';
import type { StageEvents } from './stage.js';
import type { TierRaiseEvents } from './tier-raise.js';
import type { ObjectionEvents } from './objection.js';
import type { StatementEvents } from './statement.js';
import type { LotEvents } from './lots.js';
import type { ReadinessEvents } from './readiness.js';
import type { EvaluationEvents } from './evaluation.js';
import type { OptionEvents } from './option.js';
import type { AnswerCheckEvents } from './answer-check.js';
import type { OwnAnswerEvents } from './own-answer.js';
import type { ThemeEvents } from './theme.js';
import type { GateConditionEvents } from './gate-condition.js';
import type { SettingsEvents } from './risk-settings.js';
import type { PathwayChangeEvents } from './pathway-change.js';
import type { SplitEvents } from './split.js';
import type { CallInEvents } from './call-in.js';
import type { CallOffEvents } from './call-off.js';
import type { TransferEvents } from './transfer.js';
import type { TreeEvents } from './tree.js';
import type { UninvitingEvents } from './uninviting.js';
import type { UnlinkingEvents } from './unlinking.js';
import type { RouteChoiceEvents } from './route-choice.js';
import type { UrgencyEvents } from './urgency.js';
import type { WaiverEvents } from './waiver.js';

/** What can have happened to an agreement, by type: the facts of its `agreement-` stream. */
export interface EventsOfAgreement
  extends BeginningEvents,
    StageEvents,
    TierRaiseEvents,
    FactEvents,
    ExistingActivityEvents,
    InvolvementEvents,
    CarriedOverEvents,
    DissentEvents,
    InformationEvents,
    PaymentEvents,
    ProxyEvents,
    ContributionEvents,
    ConcernEvents,
    ThemeEvents,
    OwnAnswerEvents,
    AnswerCheckEvents,
    FeedbackEvents,
    CommitmentEvents,
    CarryOnEvents,
    ReversalEvents,
    RiskEvents,
    RiskClosingEvents,
    EscalationEvents,
    OpportunityEvents,
    ControlEvents,
    IncidentEvents,
    RiskPromptEvents,
    RiskPanelEvents,
    StatementEvents,
    ObjectionEvents,
    ConflictEvents,
    LiftingEvents,
    SignOffEvents,
    GrantedOnConditionEvents,
    OptionEvents,
    ConsultationEvents,
    EvaluationEvents,
    DecisionEvents,
    CallInEvents,
    DecisionAboveEvents,
    ChallengeEvents,
    PartnerEvents,
    PublicationEvents,
    AwardEvents,
    UninvitingEvents,
    LotEvents,
    SplitEvents,
    CallOffEvents,
    TreeEvents,
    UnlinkingEvents,
    NoticeEvents,
    WaiverEvents,
    GateConditionEvents,
    UrgencyEvents,
    ReadinessEvents,
    RouteChoiceEvents,
    KpiEvents,
    ObligationEvents,
    ReviewMeetingEvents,
    ProviderConcernEvents,
    ExpiryEvents,
    QualityVisitEvents,
    FundingEvents,
    ExtensionEvents,
    VariationEvents,
    VariationAcceptanceEvents,
    ExitEvents,
    ProviderEngagementEvents,
    OutcomeEvents,
    BenefitEvents,
    PathwayChangeEvents,
    TransferEvents {}

/** All that a command may lead to here: facts of an agreement, of the participants it asks, of what an organisation says of risks, and of what comes to it from another. */
export interface Events extends EventsOfAgreement, ParticipantEvents, SettingsEvents, ArrivalEvents {}

/** A type of event in an `agreement-` stream. */
export type AgreementEventType = keyof EventsOfAgreement;
/** A type of event in a `participant-` stream. */
export type ParticipantEventType = keyof ParticipantEvents;
/** A type of event a command on an agreement may lead to; a wire name, never used again for something else. */
export type EventType = keyof Events;

/** An event as a fold meets it. `recordedAt` is ISO 8601 in UTC; `version` its place in the stream, from 1. */
export type EventOf<T extends EventType> = {
  readonly stream: string;
  readonly type: T;
  readonly data: Events[T];
  readonly recordedAt: string;
  readonly version: number;
  readonly meta: EventMeta;
};

/** An event a decision leads to. */
export type AgreementEvent = { [T in EventType]: NewEvent<T, Events[T]> }[EventType];

/** The stream an agreement's facts stand in. */
export function agreementStream(agreement: string): string {
  return `agreement-${agreement}`;
}

/** A fact about this agreement (its id), ready to be appended. */
export function happened<T extends AgreementEventType>(agreement: string, type: T, data: Events[T]): NewEvent<T, Events[T]> {
  return { stream: agreementStream(agreement), type, data };
}
