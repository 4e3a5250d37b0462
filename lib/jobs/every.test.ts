import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { every, type Repeated } from './every.ts';

let rounds = 0;
let repeated: Repeated | null = null;
let work: Promise<unknown> = Promise.resolve();
const begins = () => {
  repeated = every(500, 'test', () => {
    rounds += 1;
    return work;
  });
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  rounds = 0;
  work = Promise.resolve();
});
afterEach(async () => {
  const over = repeated?.stop();
  await pass(1_000);
  await over;
  vi.useRealTimers();
});

test('a round comes again after its pause', async () => {
  begins();
  await pass(499);
  expect(rounds).toBe(1);
  await pass(2);
  expect(rounds).toBe(2);
});

test('hurried while it rests, it comes at once; hurried again and again, not without a breath between', async () => {
  begins();
  await pass(200);
  repeated?.hurry();
  await pass(0);
  expect(rounds).toBe(2);
  for (let at = 0; at < 99; at += 1) {
    repeated?.hurry();
    await pass(1);
  }
  expect(rounds).toBe(2);
  await pass(1);
  expect(rounds).toBe(3);
});

test('hurried while it works, it comes again for what it may have missed', async () => {
  let done: () => void = () => {};
  work = new Promise<void>((resolve) => {
    done = resolve;
  });
  begins();
  repeated?.hurry();
  await pass(50);
  done();
  await pass(100);
  expect(rounds).toBe(2);
});

test('one that fails is no end', async () => {
  work = Promise.reject(new Error('away'));
  begins();
  await pass(500);
  expect(rounds).toBe(2);
});

test('stopped, it comes no more, hurried or not', async () => {
  begins();
  await pass(0);
  await repeated?.stop();
  repeated?.hurry();
  await pass(2_000);
  expect(rounds).toBe(1);
});
