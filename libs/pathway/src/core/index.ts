/** The pure door of pathway: the shape of pathways and routes, the vocabulary of conditions and facts, the clocks. */
export * from './condition.js';
export * from './drawing.js';
export * from './fact.js';
export * from './gate.js';
export * from './lawful.js';
export * from './mode.js';
export * from './key-decision.js';
export * from './own-calendar.js';
export * from './own-pathway.js';
export * from './pathway.js';
export * from './pathway-difference.js';
export * from './route.js';
export * from './route-ground.js';
export * from './source.js';
export * from './standstill.js';
export * from './tier.js';
export * from './working-day.js';
