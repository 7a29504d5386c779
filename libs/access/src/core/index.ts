/** The pure door of access: rights, roles, actors, and who may do what. */
export * from './actor.js';
export * from './right.js';
