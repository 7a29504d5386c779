/** The door of agreement: its command, what reads it, and work on it that is accepted now and done later. */
export { AgreementCommand } from './agreement-command.js';
export { AgreementHandler } from './agreement.handler.js';
export { migrations } from './agreement.migration.js';
export type { AgreementAt, AgreementTree, Gate, Simulation } from './agreements.js';
export { Agreements } from './agreements.js';
export { operationBell, Operations } from './operation.js';
export type { AcceptedOperation, OperationLine, OperationProgress } from './operation.store.js';
export { CommandSeal } from './command-seal.js';
export { concernsConsumer } from './concerns.consumer.js';
export { eventSchemas } from './event-schemas.js';
export { civilDate, sealed } from './fields.js';
export type { AgreementCommandInput, SealedText } from './schemas.js';
export { commandInputs, sealedTexts } from './schemas.js';
export type { Documents } from './context.js';
export { contextOf, documentsFor, type OwnRules, ownRulesFrom, ownRuleStreams, versionOfDecision } from './context.js';
export { ElectionTimes } from './election-times.js';
export { OwnRiskSettings } from './own-risk-settings.js';
export { riskSettingsShape } from './risk-settings-shape.js';
