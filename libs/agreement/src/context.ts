import { createHash } from 'node:crypto';
import type { Actor } from '@concordat/access/core';
import { holidays } from '@concordat/pathway';
import type { Pathway, Route } from '@concordat/pathway/core';
import { londonDay } from '@concordat/platform';
import type { Context } from './core/index.js';

/** What the core may know, made here at the edge: the moment, the civil day in London, the documents in force, who acts. */
export function contextOf(pathway: Pathway, route: Route, actor: Actor, now: Date): Context {
  return {
    at: now.toISOString(),
    today: londonDay(now),
    pathway,
    route,
    holidays,
    actor,
    sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  };
}
