import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './lock.ts';
import { played, rounds } from './rounds.ts';

const program = `
  import { lockFolder } from '#db/lock.ts';
  try {
    await lockFolder(process.argv[1], process.argv[2]);
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
async function contender(platform = process.platform): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder, platform], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const said of createInterface({ input: child.stdout })) return { child, said };
  throw new Error('the contender said nothing');
}

test('a second process is refused, told whose the folder is, every time; and gets it when its owner was killed', {
  timeout: 600_000,
}, async (context) => {
  const times = rounds({ quick: 3, full: 100 });
  let owner = await contender();
  expect(owner.said).toBe('locked');
  for (let round = 0; round < times; round++) {
    const { said, child } = await contender();
    expect(said).toBe(
      `${folder} is in use by process ${owner.child.pid}. Stop it, or set STINT_DATA to another folder.`,
    );
    await kill(child);
    if (round % 10 !== 0) continue;
    await kill(owner.child);
    owner = await contender();
    expect(owner.said).toBe('locked');
  }
  played(context, 'K8', 'a second process on one PGlite folder, refused', times);
});

test('an owner too busy to answer stays the owner, and outlives the question', async () => {
  const lock = await lockFolder(folder);
  const { stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', program, folder, process.platform],
    {
      encoding: 'utf8',
    },
  );
  expect(stdout).toContain('in use by process (unknown).');
  expect((await contender()).said).toContain(`in use by process ${process.pid}.`);
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

/** Where the lock is a name, and where it is a file that stays behind (tried here too, as nothing in it is macOS' own). */
const ways = [process.platform, 'darwin'] as const;

test.for(ways)(
  'of many that find the lock of a killed process at the same moment, one gets it (%s)',
  {
    timeout: 120_000,
  },
  async (way) => {
    for (let round = 0; round < 5; round++) {
      const owner = await contender(way);
      expect(owner.said).toBe('locked');
      expect((await contender(way)).said).toContain(`in use by process ${owner.child.pid}.`);
      await kill(owner.child);
      const tries = await Promise.allSettled(Array.from({ length: 6 }, () => lockFolder(folder, way)));
      const locks = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.message] : []));
      expect(locks).toHaveLength(1);
      for (const said of refused) expect(said).toContain(`in use by process ${process.pid}.`);
      for (const lock of locks) await lock.release();
    }
  },
);

test('two folders are two locks', async () => {
  const other = mkdtempSync(join(tmpdir(), 'stint-lock-'));
  const locks = await Promise.all([lockFolder(folder), lockFolder(other)]);
  for (const lock of locks) await lock.release();
  rmSync(other, { recursive: true });
});
