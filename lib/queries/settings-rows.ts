import type { SettingKey, Settings } from '#lib/domain/settings.ts';

/** One subject as it holds now. `version` is what a form sends back; 0: never saved. */
export interface Saved<Key extends SettingKey> {
  value: Settings[Key];
  version: number;
  changedAt: Date | null;
  changedByName: string | null;
}

export interface ActivationSettings {
  stepUp: Saved<'step_up'>;
  reasons: Saved<'reasons'>;
}
