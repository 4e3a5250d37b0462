import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './lock.ts';

const program = `
  import { lockFolder } from '#db/lock.ts';
  try {
    await lockFolder(process.argv[1]);
    console.log('locked');
    setInterval(() => {}, 60_000);
  } catch (error) {
    console.log(error.message);
  }`;

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stint-lock-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  rmSync(folder, { recursive: true, force: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Another process that wants the folder, and what it says. */
async function contender(): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const said of createInterface({ input: child.stdout })) return { child, said };
  throw new Error('the contender said nothing');
}

test('a second process is refused, told whose the folder is, ten times of ten', async () => {
  const lock = await lockFolder(folder);
  for (let round = 0; round < 5; round++) {
    const pair = await Promise.all([contender(), contender()]);
    for (const { said } of pair) expect(said).toContain(`in use by process ${process.pid}.`);
  }
  await lock.release();
});

test('the same process is refused a second time too', async () => {
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(String(process.pid));
  await lock.release();
});

test('what is given back can be taken', async () => {
  await (await lockFolder(folder)).release();
  await (await lockFolder(folder)).release();
});

test('the lock of a killed process is taken over, by one of those who want it', async () => {
  const first = await contender();
  expect(first.said).toBe('locked');
  await kill(first.child);
  const all = await Promise.all([contender(), contender(), contender(), contender()]);
  expect(all.filter(({ said }) => said === 'locked')).toHaveLength(1);
});

test('of many that find the lock of a killed process at the same moment, one gets it', async () => {
  for (let round = 0; round < 10; round++) {
    const first = await contender();
    expect(first.said).toBe('locked');
    await kill(first.child);
    const tries = await Promise.allSettled(Array.from({ length: 4 }, () => lockFolder(folder)));
    const locks = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(locks).toHaveLength(1);
    for (const lock of locks) await lock.release();
  }
});

test('two folders are two locks', async () => {
  const other = mkdtempSync(join(tmpdir(), 'stint-lock-'));
  const locks = await Promise.all([lockFolder(folder), lockFolder(other)]);
  for (const lock of locks) await lock.release();
  rmSync(other, { recursive: true });
});
