// Node's environment, in which the time a test or hook is given grows with how much the machine has to do besides: a limit is
// there to end what hangs, and must not end what merely waits for its turn. Promises of time are asserted by tests themselves.
import { availableParallelism, loadavg } from 'node:os';
import { TestEnvironment } from 'jest-environment-node';

export default class extends TestEnvironment {
  handleTestEvent({ name, test, hook }, { testTimeout }) {
    const limited = name === 'test_start' ? test : name === 'hook_start' ? hook : undefined;
    if (limited === undefined) return;
    limited.ownTimeout ??= limited.timeout ?? testTimeout;
    limited.timeout = limited.ownTimeout * Math.max(1, loadavg()[0] / availableParallelism());
  }
}
