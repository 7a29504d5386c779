import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What `/metrics` tells (Prometheus text format). One registry a process. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

/** Answers by route pattern and status. The label is the route's pattern, never the address asked, so that ids make no new series. */
export const answered = new Histogram({
  name: 'concordat_http_request_duration_seconds',
  help: 'Time from request to answer, by route pattern and status.',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
});

/** Commands by name and outcome (`recorded`, `refused`, `conflict`, …). */
export const commandsTold = new Counter({
  name: 'concordat_commands_total',
  help: 'Commands answered, by name and outcome.',
  labelNames: ['command', 'outcome'] as const,
  registers: [registry],
});
