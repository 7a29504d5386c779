/** All libs put together once: what every process of an installation is composed of. */
export { bells, ConcordatModule, folds } from './concordat.module.js';
export { Installation, installationOf } from './installation.js';
