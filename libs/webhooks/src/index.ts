/** Tells providers what happened: endpoints, signed webhooks and a feed that carry the same bytes. */
export { AddressGuard, AddressRefused } from './address.js';
export type { Address, AddressPolicy, Resolve } from './address.js';
export type { AttemptRow, DeliveryRow } from './delivery.store.js';
export { EndpointCommand } from './endpoint-command.js';
export type { EndpointRequest } from './endpoint-command.js';
export { EndpointHandler } from './endpoint.handler.js';
export type { EndpointOutcome } from './endpoint.handler.js';
export type { EndpointRow } from './endpoint.store.js';
export { fanOutConsumer, fanOutName } from './fan-out.consumer.js';
export { laneBell, laneId, laneLimits, Lanes } from './lane.js';
export type { LaneLimits } from './lane.js';
export type { PublishedRow } from './published.store.js';
export { Sender, sendLimits } from './sender.js';
export type { SendError, SendLimits } from './sender.js';
export { newSecret, signatureOf } from './signature.js';
export { Told } from './told.js';
export type { DeliveryWithAttempts } from './told.js';
export { migrations } from './webhooks.migration.js';
