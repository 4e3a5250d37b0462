/** Runs the checks of a test run one after the other, each runner speaking for itself, and sums up. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export interface Step {
  name: string;
  /** Of node_modules/.bin and its arguments. */
  command: string[];
  env?: Record<string, string | undefined>;
  /** Why it is not run here. */
  skipped?: string;
  /** What makes no sense when this step failed. */
  neededBy?: string[];
}

/** Runs every step, prints a table of them, and returns whether all that ran passed. */
export async function runSteps(steps: Step[]): Promise<boolean> {
  const rows: { name: string; result: string; seconds: number }[] = [];
  const pointless = new Map<string, string>();
  for (const { name, command, env, skipped, neededBy } of steps) {
    const reason = skipped ?? pointless.get(name);
    if (reason) {
      rows.push({ name, result: `skipped: ${reason}`, seconds: 0 });
      continue;
    }
    console.log(`\n── ${name}: ${command.join(' ')}`);
    const started = performance.now();
    const passed = await run(command, env);
    rows.push({ name, result: passed ? 'passed' : 'FAILED', seconds: (performance.now() - started) / 1000 });
    if (!passed) for (const other of neededBy ?? []) pointless.set(other, `${name} failed`);
  }
  console.log('\n── summary');
  for (const { name, result, seconds } of rows) {
    console.log(`${name.padEnd(26)}${seconds.toFixed(1).padStart(7)} s  ${result}`);
  }
  return rows.every(({ result }) => result !== 'FAILED');
}

async function run([program = '', ...args]: string[], env: Step['env']): Promise<boolean> {
  const command = program === 'node' ? process.execPath : join(root, 'node_modules/.bin', program);
  const shell = process.platform === 'win32' && program !== 'node';
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, shell });
  const endWithUs = () => child.kill();
  process.once('exit', endWithUs);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  process.off('exit', endWithUs);
  return code === 0;
}
