// Writes docs/events.md from the built library. A test fails when the file is stale.
import { writeFileSync } from 'node:fs';
import { eventsDocument } from './dist/events-document.js';

writeFileSync(new URL('../../docs/events.md', import.meta.url), eventsDocument());
