import { db } from '#db/client.ts';
import { savedSetting } from '#db/settings.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import type { ActivationSettings } from './settings-rows.ts';

/** The settings for activation with who saved them last; null for whom they are not open to. */
export async function activationSettings(viewer: Actor): Promise<ActivationSettings | null> {
  if (!mayAdminister(viewer)) return null;
  const [stepUp, reasons] = await Promise.all([savedSetting(db(), 'step_up'), savedSetting(db(), 'reasons')]);
  return { stepUp, reasons };
}
