import { describe, expect, test } from 'vitest';
import { AzureFault } from '#lib/azure/faults.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import { toldToWait } from './told-to-wait.ts';

const slack = new NotifyFault('busy', 'Slack is busy.', { retryAfterSeconds: 3.2 });
const azure = new AzureFault('busy', { message: 'later', retryAfterSeconds: 9 });

describe('a busy one is asked again when it said', () => {
  test.each([
    ['update-slack-cards', slack, 4],
    ['provision', azure, 9],
    ['update-slack-cards', new NotifyFault('busy', 'Busy.', { retryAfterSeconds: 0 }), 1],
  ] as const)('%s', (name, fault, seconds) => {
    expect(toldToWait(name, fault)).toBe(seconds);
  });

  test.each([
    ['a reading, which comes again by itself', 'watch', azure],
    ['a delivery, which the round brings', 'deliver-mail', slack],
    ['where it did not say', 'update-slack-cards', new NotifyFault('busy', 'Busy.')],
    ['where it is away', 'update-slack-cards', new NotifyFault('unreachable', 'Lost.')],
    ['where it is a fault of ours', 'provision', new Error('bug')],
  ] as const)('but not %s', (_, name, fault) => {
    expect(toldToWait(name, fault)).toBeNull();
  });
});
