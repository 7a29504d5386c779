/** The pure door of webhooks: endpoints, who hears what, how an event looks on the wire, and when it is tried again. */
export * from './audience.js';
export * from './cloud-event.js';
export * from './endpoint.js';
export * from './endpoint-list.js';
export * from './retry.js';
export * from './signature.js';
