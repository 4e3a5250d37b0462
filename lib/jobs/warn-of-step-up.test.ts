import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { settings } from '#db/schema/settings.ts';
import { testDatabase } from '#db/testing.ts';
import * as environment from '#lib/config/config.ts';
import { log } from '#lib/log.ts';
import { warnOfStepUp } from './warn-of-step-up.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened.close());
afterEach(() => vi.restoreAllMocks());

test('settings that ask for a fresh sign-in while nobody can be asked are told in the log at boot', async () => {
  const warn = vi.spyOn(log, 'warn').mockImplementation(() => {});
  const real = environment.config();
  const isSet = (stepUpClientId: string | null) =>
    vi.spyOn(environment, 'config').mockReturnValue({ ...real, stepUpClientId });
  isSet('5717a000-0000-4000-8000-000000000005');
  await warnOfStepUp();
  expect(warn).not.toHaveBeenCalled();
  isSet(null);
  await warnOfStepUp();
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('STINT_STEP_UP_CLIENT_ID'));
  const by = { changedAt: new Date(), changedById: 'x', changedByName: 'x' };
  await db()
    .insert(settings)
    .values({ key: 'step_up', value: { decisions: 'never' }, ...by });
  await warnOfStepUp();
  expect(warn).toHaveBeenCalledTimes(1);
});
