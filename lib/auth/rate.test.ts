import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { TooFast } from '#lib/domain/refusal.ts';
import { atOnce, openOne, perMinute, takeOne } from './rate.ts';

const second = 1000;

describe('a minute’s worth', () => {
  test('may be taken at once, the next is refused with the time to wait, and comes back by itself', () => {
    const who = randomUUID();
    for (let taken = 0; taken < perMinute.write; taken += 1) takeOne('write', who, 0);
    expect(() => takeOne('write', who, 0)).toThrow(TooFast);
    expect(() => takeOne('write', who, 0)).toThrow(/Try again in 1 s/);
    for (let taken = 0; taken < 4; taken += 1) takeOne('write', who, second);
    expect(() => takeOne('write', who, 1.2 * second)).toThrow(TooFast);
    expect(() => takeOne('write', who, 60 * second)).not.toThrow();
  });

  test('is enough for forty activations, each with two readings after it', () => {
    const who = randomUUID();
    for (let taken = 0; taken < perMinute.write; taken += 1) takeOne('write', who, 0);
  });

  test('is each person’s own, and each kind of door’s', () => {
    const [one, two] = [randomUUID(), randomUUID()];
    for (let taken = 0; taken < perMinute.report; taken += 1) takeOne('report', one, 0);
    expect(() => takeOne('report', one, 0)).toThrow(TooFast);
    takeOne('report', two, 0);
    takeOne('read', one, 0);
  });

  test('never grows beyond a minute’s', () => {
    const who = randomUUID();
    takeOne('report', who, 0);
    for (let taken = 0; taken < perMinute.report; taken += 1) takeOne('report', who, 600 * second);
    expect(() => takeOne('report', who, 600 * second)).toThrow(TooFast);
  });

  test('refusals do not lengthen the wait', () => {
    const who = randomUUID();
    for (let taken = 0; taken < perMinute.report; taken += 1) takeOne('report', who, 0);
    for (let tried = 0; tried < 100; tried += 1) expect(() => takeOne('report', who, 0)).toThrow(TooFast);
    takeOne('report', who, second);
  });
});

test('two exports are open at once, a third when one of them is over, however often that is said', () => {
  const who = randomUUID();
  const [first] = Array.from({ length: atOnce.export }, () => openOne('export', who));
  expect(() => openOne('export', who)).toThrow(TooFast);
  first?.();
  first?.();
  openOne('export', who);
  expect(() => openOne('export', who)).toThrow(TooFast);
});

test('one import is open at once, and of another person one more', () => {
  const who = randomUUID();
  const over = openOne('import', who);
  expect(() => openOne('import', who)).toThrow(TooFast);
  openOne('import', randomUUID());
  over();
  openOne('import', who);
});
