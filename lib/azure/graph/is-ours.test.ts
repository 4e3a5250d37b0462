import { expect, test } from 'vitest';
import { plusMinutes } from '#lib/domain/time.ts';
import { isOurs } from './is-ours.ts';

const filedAt = new Date('2026-03-02T10:00:00Z');
const role = { plane: 'entra', roleId: 'r', scopeId: '/' } as const;
const activation = {
  ...{ ...role, requestId: 'one', principalId: 'ada', eligibilityId: '', filedAt },
  ...{ justification: '', ticketNumber: '', ticketSystem: '', startsAt: null, minutes: 60 },
};
const own = (minutesLater: number, facts: { mark?: string; justification?: string } = {}) => ({
  filed: {
    ...{ azureId: 'a', approvalId: null, status: 'provisioned' as const, azureStatus: 'Provisioned' },
    ...{ startsAt: null, endsAt: null },
  },
  ...{ role, createdAt: plusMinutes(filedAt, minutesLater), justification: '', mark: null, ...facts },
});

test('a bare request for the role, made since ours was filed, is ours', () => {
  expect(isOurs(own(0), activation)).toBe(true);
  expect(isOurs(own(5), activation)).toBe(true);
  expect(isOurs(own(0, { justification: 'By hand' }), activation)).toBe(false);
});

test('last week’s is not, though it is still called provisioned', () => {
  expect(isOurs(own(-7 * 24 * 60), activation)).toBe(false);
});

test('a mark decides, whenever it was made', () => {
  expect(isOurs(own(-60, { mark: 'one' }), activation)).toBe(true);
  expect(isOurs(own(0, { mark: 'other' }), activation)).toBe(false);
});
