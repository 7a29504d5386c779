import type { FastifyInstance } from 'fastify';
import type * as Meters from './meters.js';

let meters: typeof Meters | undefined;
let loading: Promise<typeof Meters> | undefined;

/** The meters, loaded with the first answer there is to count: prom-client would be every twelfth file of a cold start. */
export async function theMeters(): Promise<typeof Meters> {
  return (meters ??= await (loading ??= import('./meters.js')));
}

/** Moves a meter, now or as soon as there is one. */
export function meter(move: (meters: typeof Meters) => void): void {
  if (meters !== undefined) move(meters);
  else void theMeters().then(move);
}

/** Times every answer. */
export function measureAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) };
    const seconds = reply.elapsedTime / 1000;
    meter(({ answered }) => answered.observe(labels, seconds));
    done();
  });
}
