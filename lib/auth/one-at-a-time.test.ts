import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

test('work of one key runs in order, and a failure does not stop what waits', async () => {
  const seen: string[] = [];
  const step = async (name: string) => {
    seen.push(`${name} begins`);
    await new Promise(setImmediate);
    seen.push(`${name} ends`);
    if (name === 'first') throw new Error('first fails');
    return name;
  };
  const first = oneAtATime('key', () => step('first'));
  const second = oneAtATime('key', () => step('second'));
  await expect(first).rejects.toThrow('first fails');
  await expect(second).resolves.toBe('second');
  expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

test('work of another key does not wait', async () => {
  let release = () => {};
  const held = oneAtATime('one', () => new Promise<void>((resolve) => (release = resolve)));
  await oneAtATime('two', async () => {});
  release();
  await held;
});
