/** The pure door of access: rights, roles, actors, people and providers as their streams tell them, and who may do what. */
export * from './grant.js';
export * from './actor.js';
export * from './reach.js';
export * from './delegation.js';
export * from './right.js';
export * from './may.js';
export * from './person.js';
export * from './partner.js';
export * from './provider.js';
export * from './decide-person.js';
export * from './key.js';
export * from './wording.js';
