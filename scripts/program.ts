/** A program of ours as a child process: its output kept, its end awaited. */
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const root = new URL('..', import.meta.url);
const endWithParent = pathToFileURL(`${import.meta.dirname}/end-with-parent.ts`).href;
const keptCharacters = 20_000;

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Program {
  name: string;
  /** Of the process; undefined: it could not be started. */
  pid: number | undefined;
  /** The last 20,000 characters it printed. */
  output(): string;
  ended: Promise<Ending>;
  isRunning(): boolean;
  /** Asks it to end, and kills it after ten seconds. True when it ended by itself. */
  stop(): Promise<boolean>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** Starts `node …args` in the repository. `show` passes its output on as it comes. */
export function startProgram(name: string, args: string[], env: NodeJS.ProcessEnv, show = false): Program {
  const child = spawn(process.execPath, ['--import', endWithParent, ...args], {
    cwd: root,
    env: { ...env, STINT_PARENT: String(process.pid) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let kept = '';
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from?.on('data', (text: Buffer) => {
      kept = (kept + text.toString('utf8')).slice(-keptCharacters);
      if (show) to.write(text);
    });
  }
  let running = true;
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (error) => {
      kept += `${error.message}\n`;
      running = false;
      resolve({ code: null, signal: null });
    });
    child.once('close', (code, signal) => {
      running = false;
      resolve({ code, signal });
    });
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const stop = async () => {
    if (!running) return true;
    let killed = false;
    const grace = setTimeout(() => {
      killed = true;
      child.kill('SIGKILL');
    }, 10_000);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(grace);
    return !killed;
  };
  return { name, pid: child.pid, output: () => kept, ended, isRunning: () => running, stop, kill };
}
