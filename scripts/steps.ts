/** Runs the checks of a test run in their order, each runner speaking for itself, and sums up. */
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

interface Row {
  name: string;
  result: string;
  seconds: number;
  said?: string;
}

const failed = 'FAILED';

/** Where a log is kept in part, it is the end that is kept. */
const lastLines = 80;

/**
 * Runs every step, those of a list in the list two at a time, prints the last words of what failed and a table of all,
 * and returns whether all that ran passed. Of those at the same time the first speaks as it goes; what the others said
 * follows whole.
 */
export async function runSteps(steps: (Step | Step[])[]): Promise<boolean> {
  const rows: Row[] = [];
  const pointless = new Map<string, string>();
  for (const one of steps) rows.push(...(await runAtOnce([one].flat(), pointless)));
  for (const { name, result, said = '' } of rows) {
    if (result === failed) console.log(`\n── ${name}, its last words\n${lastOf(said)}`);
  }
  console.log('\n── summary');
  for (const { name, result, seconds } of rows) {
    console.log(`${name.padEnd(26)}${seconds.toFixed(1).padStart(7)} s  ${result}`);
  }
  return rows.every(({ result }) => result !== failed);
}

const lastOf = (said: string) => said.trimEnd().split('\n').slice(-lastLines).join('\n');

async function runAtOnce(steps: Step[], pointless: Map<string, string>): Promise<Row[]> {
  const spoken: string[] = [];
  const rows: Row[] = [];
  const waiting = steps.filter(({ name, skipped }) => !skipped && !pointless.has(name));
  const [first] = waiting;
  // More than this on a machine of two cores, and a browser waits for its turn longer than a test waits for the browser.
  const next = async (): Promise<void> => {
    const step = waiting.shift();
    if (!step) return;
    const { name, command, env, neededBy } = step;
    const title = `\n── ${name}: ${command.join(' ')}`;
    if (step === first) console.log(title);
    const started = performance.now();
    const { passed, said } = await run(command, env, step === first);
    if (step !== first) spoken.push(`${title}\n${said}`);
    if (!passed) for (const other of neededBy ?? []) pointless.set(other, `${name} failed`);
    const seconds = (performance.now() - started) / 1000;
    rows.push({ name, result: passed ? 'passed' : failed, seconds, said });
    await next();
  };
  await Promise.all([next(), next()]);
  for (const said of spoken) console.log(said);
  return steps.map(({ name, skipped }) => {
    const row = rows.find((one) => one.name === name);
    return row ?? { name, result: `skipped: ${skipped ?? pointless.get(name)}`, seconds: 0 };
  });
}

async function run(
  [program = '', ...args]: string[],
  env: Step['env'],
  aloud: boolean,
): Promise<{ passed: boolean; said: string }> {
  const command = program === 'node' ? process.execPath : join(root, 'node_modules/.bin', program);
  const shell = process.platform === 'win32' && program !== 'node';
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(aloud && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}), ...env },
    shell,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (aloud) process.stdout.write(text);
    });
  }
  const endWithUs = () => child.kill();
  process.once('exit', endWithUs);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  process.off('exit', endWithUs);
  return { passed: code === 0, said };
}
