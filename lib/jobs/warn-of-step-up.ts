import { db } from '#db/client.ts';
import { settingOf } from '#db/settings.ts';
import { config } from '#lib/config/config.ts';
import { asksAnything } from '#lib/domain/proof.ts';
import { log } from '#lib/log.ts';

/** Says in the log that settings ask for a fresh sign-in and nobody is asked, for want of a registration to ask by. */
export async function warnOfStepUp(): Promise<void> {
  if (config().stepUpClientId !== null) return;
  if (asksAnything(await settingOf(db(), 'step_up')))
    log.warn(
      'Settings ask for a fresh sign-in, and nobody is asked for one: STINT_STEP_UP_CLIENT_ID is not set.',
    );
}
