import { expect, test } from 'vitest';
import type { roleSpeeds } from '#db/schema/speeds.ts';
import { speedIn } from './speeds.ts';

const role = { plane: 'azure', roleId: 'contributor', scopeId: '/subscriptions/1' } as const;
const learned = (changes: Partial<typeof roleSpeeds.$inferSelect>): typeof roleSpeeds.$inferSelect => ({
  ...role,
  ...{ activeP50: 4, activeP95: 9, activeCount: 8, usableP50: 40, usableP95: 180, usableCount: 8 },
  learnedAt: new Date(0),
  ...changes,
});
const anywhere = learned({ scopeId: '', usableP50: 50 });
const plane = learned({ roleId: '', scopeId: '', usableP50: 60 });

test('what was learned here counts first, then the role elsewhere, then its plane', () => {
  expect(speedIn([plane, anywhere, learned({})])(role)).toMatchObject({
    p50: 40,
    from: 'role_here',
    count: 8,
  });
  expect(speedIn([plane, anywhere])(role)).toMatchObject({ p50: 50, from: 'role' });
  expect(speedIn([plane])(role)).toMatchObject({ p50: 60, from: 'plane' });
  expect(speedIn([])(role)).toBeNull();
});

test('too few observations say nothing, and the next level is asked', () => {
  const few = learned({ usableCount: 4, activeCount: 4 });
  expect(speedIn([few, anywhere])(role)).toMatchObject({ from: 'role' });
  expect(speedIn([few])(role)).toBeNull();
});

test('seldom probed, it says only until when Azure showed it', () => {
  expect(speedIn([learned({ usableCount: 2 })])(role)).toMatchObject({ p50: 4, p95: 9, until: 'active' });
});
