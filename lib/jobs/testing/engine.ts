import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Verbs } from './engine-child.ts';

interface Reply {
  call: number;
  value?: unknown;
  error?: string;
}

/** An engine in a process of its own, that can be killed. */
export interface Engine {
  ask<Verb extends keyof Verbs>(verb: Verb, ...given: Parameters<Verbs[Verb]>): ReturnType<Verbs[Verb]>;
  /** Settles when the process is gone, with the signal that ended it. */
  gone: Promise<string | null>;
  kill(): Promise<void>;
  pid: number;
}

/** Boots an engine with this environment and waits until it serves. */
export async function startEngine(env: NodeJS.ProcessEnv): Promise<Engine> {
  const engine = spareEngine(env);
  await engine.ask('boot');
  return engine;
}

/** An engine that has its code in memory, and opens nothing before it is asked to boot. */
export function spareEngine(env: NodeJS.ProcessEnv): Engine {
  const child = fork('lib/jobs/testing/engine-child.ts', ['lib/boot.ts'], {
    env,
    // It dies before its code were worth improving: half a second of the processor each.
    execArgv: ['--liftoff-only'],
    stdio: 'inherit',
  });
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const gone = once(child, 'exit').then(([, signal]) => {
    for (const { reject } of open.values()) reject(new Error('The engine is gone.'));
    return signal as string | null;
  });
  let calls = 0;
  child.on('message', ({ call, value, error }: Reply) => {
    const waiting = open.get(call);
    open.delete(call);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  });
  return {
    ask: ((verb: keyof Verbs, ...given: unknown[]) => {
      calls++;
      const answer = new Promise((resolve, reject) => open.set(calls, { resolve, reject }));
      const { reject } = open.get(calls) ?? {};
      // Without a listener of its own, asking one that is gone would end the run instead of this question.
      child.send({ call: calls, verb, given }, (error) => error && reject?.(error));
      return answer;
    }) as Engine['ask'],
    gone,
    pid: child.pid ?? 0,
    kill: () => killed(child, gone),
  };
}

async function killed(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL');
  await gone;
}
