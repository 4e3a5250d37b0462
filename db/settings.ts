import { eq } from 'drizzle-orm';
import { defaultSettings, type SettingKey, type Settings } from '#lib/domain/settings.ts';
import type { Reader } from './client.ts';
import { settings } from './schema/settings.ts';

/** What holds on one subject now: what was saved over the defaults. Checked when saved, trusted when read. */
export async function settingOf<Key extends SettingKey>(from: Reader, key: Key): Promise<Settings[Key]> {
  return (await savedSetting(from, key)).value;
}

/** The same with who saved it last, and the version a form has to send back; 0: never saved. */
export async function savedSetting<Key extends SettingKey>(from: Reader, key: Key) {
  const [row] = await from.select().from(settings).where(eq(settings.key, key));
  const value: Settings[Key] = { ...defaultSettings[key], ...(row?.value as Partial<Settings[Key]>) };
  return {
    value,
    version: row?.version ?? 0,
    changedAt: row?.changedAt ?? null,
    changedByName: row?.changedByName ?? null,
  };
}
