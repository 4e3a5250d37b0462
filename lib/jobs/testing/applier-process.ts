import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The Applier as the program it is. */
export interface ApplierProcess {
  /** Settles when it is gone, with the signal that ended it. */
  gone: Promise<string | null>;
  stop(): Promise<void>;
}

/** Starts it and waits until it says so. `failAt`: the step at which it kills itself. */
export async function startApplier(env: NodeJS.ProcessEnv, failAt = ''): Promise<ApplierProcess> {
  const child = spawn(process.execPath, ['scripts/applier.ts'], {
    env: { ...env, LOG_LEVEL: 'info', STINT_FAIL_AT: failAt },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit').then(([, signal]) => signal as string | null);
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.includes('"started"') && resolve());
    void gone.then(() => reject(new Error('The Applier ended before it was ready.')));
  });
  return {
    gone,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
