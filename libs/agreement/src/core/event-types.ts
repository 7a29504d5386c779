import { arrivalFold } from './arrival.js';
import type { EventType } from './event.js';
import { agreementEventTypes } from './evolve.js';
import { participantEventTypes } from './participant.js';
import { riskSettingsFold } from './risk-settings.js';

/** Every type a command on an agreement may lead to. The folds' tables cannot forget one, so neither can this list. */
export const eventTypes: readonly EventType[] = [...agreementEventTypes, ...participantEventTypes, ...riskSettingsFold.types, ...arrivalFold.types];
