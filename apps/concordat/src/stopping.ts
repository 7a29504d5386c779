/**
 * Resolves when this process should stop: a signal, or the launcher is gone. A child that outlived its launcher would
 * hold the port and the database for nobody. Further signals change nothing: whoever stops finishes what it began.
 */
export function untilStopped(): Promise<void> {
  return new Promise((stop) => {
    const onStop = () => {
      // The channel to the launcher would keep this process alive after all else has ended.
      if (process.connected) process.disconnect();
      stop();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onStop);
    if (process.connected) process.once('disconnect', onStop);
    // A launcher that went while this process was still starting: nobody listened then. Without a launcher there is no channel at all.
    else if (process.connected === false) stop();
  });
}
