import type { EventType, ParticipantEventType } from './event.js';
import { agreementEventTypes } from './evolve.js';
import { participantFold } from './participant.js';

/** Every type a `participant-` stream may hold. */
export const participantEventTypes: readonly ParticipantEventType[] = participantFold.types;

/** Every type a command on an agreement may lead to. The folds' tables cannot forget one, so neither can this list. */
export const eventTypes: readonly EventType[] = [...agreementEventTypes, ...participantEventTypes];
