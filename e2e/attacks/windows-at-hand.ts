import { randomUUID } from 'node:crypto';
import { expect } from '#e2e/fixtures/expect.ts';
import { type Action, type Visitor, verdict } from './visitor.ts';

const daysAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** So far ahead that PIM takes none of it yet, nor in any test after this one. */
const pattern = { days: [1], time: '08:00', zone: 'UTC', from: daysAhead(70), until: daysAhead(80) };

/** What `planOnCall` takes for a role. */
export function newWindow(key: string) {
  return { id: randomUUID(), roles: [{ key, minutes: 30 }], pattern, justification: 'A1', ticketNumber: '' };
}

/** What `changeOnCall` takes, over a version that never was. */
export function staleWindow(id: string) {
  return { id, version: 999, pattern, justification: 'A1', ticketNumber: '' };
}

/** Has somebody plan a window for a role of theirs; answers its id. */
export async function plansWindow(visitor: Visitor, plan: Action, key: string): Promise<string> {
  const window = newWindow(key);
  expect(await verdict(await visitor.act(plan, [window]))).toBe('ok');
  return window.id;
}
