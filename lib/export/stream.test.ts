import { expect, test, vi } from 'vitest';
import { bodyOf } from './stream.ts';

const part = (text: string) => new TextEncoder().encode(text);

test('a body is its parts, taken only as the reader asks, and over once', async () => {
  let taken = 0;
  async function* parts() {
    for (const text of ['a', 'b', 'c']) {
      taken++;
      yield part(text);
    }
  }
  const over = vi.fn();
  const reader = bodyOf(parts(), new AbortController(), over).getReader();
  await reader.read();
  expect(taken).toBeLessThan(3);
  while (!(await reader.read()).done) expect(over).not.toHaveBeenCalled();
  expect(taken).toBe(3);
  expect(over).toHaveBeenCalledOnce();
});

test('what goes wrong on the way tears the body: its reader is told, and does not take it for whole', async () => {
  async function* parts() {
    yield part('a');
    throw new Error('the connection is lost');
  }
  const over = vi.fn();
  const read = new Response(bodyOf(parts(), new AbortController(), over)).text();
  await expect(read).rejects.toThrow('the connection is lost');
  expect(over).toHaveBeenCalledOnce();
});

test('a reader that leaves ends the reading', async () => {
  let closed = false;
  async function* parts() {
    try {
      for (;;) yield part('a');
    } finally {
      closed = true;
    }
  }
  const leave = new AbortController();
  const over = vi.fn();
  const reader = bodyOf(parts(), leave, over).getReader();
  await reader.read();
  await reader.cancel();
  expect([closed, leave.signal.aborted]).toEqual([true, true]);
  expect(over).toHaveBeenCalledOnce();
});

test('a reader that stands still for a minute is dropped, and what it held is freed', async () => {
  vi.useFakeTimers();
  try {
    async function* parts() {
      for (;;) yield part('a');
    }
    const leave = new AbortController();
    const over = vi.fn();
    const reader = bodyOf(parts(), leave, over).getReader();
    await reader.read();
    await vi.advanceTimersByTimeAsync(59_000);
    await reader.read();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(leave.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(leave.signal.aborted).toBe(true);
    expect(over).toHaveBeenCalledOnce();
    await expect(reader.read()).rejects.toThrow('stood still');
  } finally {
    vi.useRealTimers();
  }
});
