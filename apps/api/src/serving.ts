/** How a web process serves, whichever modules it is composed of. */
export const serving = {
  fastify: {
    /** 1 MB, as the API promises. */
    bodyLimit: 1_048_576,
    /** Longer than an ordinary proxy keeps a connection, so that the proxy closes first. */
    keepAliveTimeout: 75_000,
    trustProxy: false,
    routerOptions: { maxParamLength: 200 },
    /** A name such as __proto__ in a body is refused, not silently dropped. */
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  },
  nest: {
    /** While it stops: what has begun is finished, what comes new is told to go elsewhere. */
    return503OnClosing: true,
    forceCloseConnections: true,
    routeConflictPolicy: { duplicate: 'error', shadow: 'off' },
  },
} as const;
