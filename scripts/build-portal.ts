import { rmSync, writeFileSync } from 'node:fs';
import { withBuildLock } from './build-lock.ts';
import type { Program } from './program.ts';
import { builtMark, builtState, sourceState } from './source-state.ts';

export const nextBin = 'node_modules/next/dist/bin/next';

/** Starts a program; the caller sees to it that it ends with the script. */
export type Launch = (name: string, args: string[], env: NodeJS.ProcessEnv) => Program;

/**
 * Makes `.next` the production build of the sources as they are now; does nothing when it is already.
 * @throws Error with the build's output when it fails.
 */
export function buildPortal(launch: Launch, say: (line: string) => void): Promise<void> {
  return withBuildLock(async () => {
    const state = sourceState();
    if (builtState() === state) return say('portal      built already from these sources');
    say('portal      building, once for this state of the sources …');
    const started = performance.now();
    rmSync(builtMark(), { force: true });
    const build = launch('build', [nextBin, 'build'], {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    });
    const { code } = await build.ended;
    if (code !== 0) throw new Error(`The build failed:\n\n${build.output()}`);
    writeFileSync(builtMark(), state);
    say(`portal      built in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  });
}
