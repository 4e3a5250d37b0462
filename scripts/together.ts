/** Programs that live and die together: the end of one, or of the script, is the end of all. */
import { type Program, startProgram } from './program.ts';

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export interface Together {
  /** Starts a program that must go on running. */
  launch(name: string, args: string[], env: NodeJS.ProcessEnv): Program;
  /** Starts a program that has an end of its own. */
  launchOnce(name: string, args: string[], env: NodeJS.ProcessEnv): Program;
  /** From now on a signal is the ordinary end, exit code 0; before, it is an interruption. */
  ready(): void;
  fail(error: unknown): Promise<never>;
}

/** Takes the signals of this process. `show` passes the programs' output on as it comes. */
export function together(show: boolean): Together {
  const running: Program[] = [];
  let ready = false;
  let ending: Promise<never> | null = null;

  const end = (code: number, why: string): Promise<never> => {
    ending ??= (async () => {
      console.log(why);
      const clean = await Promise.all(running.toReversed().map((program) => program.stop()));
      running.toReversed().forEach((program, index) => {
        if (!clean[index])
          console.error(`The ${program.name} did not end within ten seconds and was killed.`);
      });
      process.exit(clean.every(Boolean) ? code : 1);
    })();
    return ending;
  };

  let askedAt = 0;
  for (const [signal, code] of Object.entries(signals)) {
    process.on(signal, () => {
      askedAt ||= Date.now();
      // One Ctrl-C may arrive twice, from the terminal and from npm; a later one is impatience.
      if (Date.now() - askedAt > 1_000) for (const program of running) void program.kill();
      void end(ready ? 0 : code, '\nStopping …');
    });
  }

  const start = (name: string, args: string[], env: NodeJS.ProcessEnv): Program => {
    const program = startProgram(name, args, env, show);
    running.push(program);
    return program;
  };

  return {
    launchOnce: start,
    launch(name, args, env) {
      const program = start(name, args, env);
      program.ended.then(({ code, signal }) => {
        // Ctrl-C reaches the programs as well as us: give our own signal the time to arrive.
        setTimeout(() => {
          if (ending) return;
          const output = show ? '' : ` Its last words:\n\n${program.output()}`;
          void end(1, `The ${name} ended (${signal ?? `exit code ${code}`}).${output}`);
        }, 200);
      });
      return program;
    },
    ready() {
      ready = true;
    },
    fail: (error) => end(1, error instanceof Error ? error.message : String(error)),
  };
}
