import { db } from '#db/client.ts';
import { settings } from '#db/schema/settings.ts';
import type { Settings } from '#lib/domain/settings.ts';

/** Settings that ask for a fresh sign-in before these decisions, and for nothing else. */
export async function decisionsAsk(decisions: Settings['step_up']['decisions']): Promise<void> {
  const by = { changedAt: new Date(), changedById: 'mira', changedByName: 'Mira Novak' };
  const saved = { value: { decisions }, ...by };
  await db()
    .insert(settings)
    .values({ key: 'step_up', ...saved })
    .onConflictDoUpdate({ target: settings.key, set: saved });
}
