import { db } from '#db/client.ts';
import { settingOf } from '#db/settings.ts';
import type { Settings } from '#lib/domain/settings.ts';

/** What a reason must be: everybody may know, since everybody is told while they type. */
export function reasonRules(): Promise<Settings['reasons']> {
  return settingOf(db(), 'reasons');
}
