import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { settings } from '#db/schema/settings.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { SettingKey, Settings } from '#lib/domain/settings.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/**
 * Saves what an administrator decided on one subject, over the version they had before their eyes (0: nothing was
 * saved yet). Its shape is the door's to check.
 * `also` may refuse it, by what was saved before.
 * @throws Refusal `not_found` for who does not administer Stint; `conflict` when somebody saved since.
 */
export async function saveSetting<Key extends SettingKey>(
  ctx: PersonContext,
  { key, value, version }: { key: Key; value: Settings[Key]; version: number },
  also: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const [before] = await tx.select().from(settings).where(eq(settings.key, key)).for('update');
      return { before, now: await clock(tx) };
    },
    async (tx, { before, now }) => {
      if ((before?.version ?? 0) !== version) throw new Refusal('conflict');
      await also(tx);
      const by = { changedAt: now, changedById: ctx.actor.objectId, changedByName: ctx.actor.name };
      const saved = before
        ? await tx
            .update(settings)
            .set({ value, ...by, version: sql`${settings.version} + 1` })
            .where(and(eq(settings.key, key), eq(settings.version, version)))
            .returning()
        : await tx
            .insert(settings)
            .values({ key, value, ...by })
            .onConflictDoNothing()
            .returning();
      if (saved.length === 0) throw new Refusal('conflict');
      const details = { before: before?.value ?? null, after: value };
      return {
        value: null,
        entries: [{ action: 'setting.changed', subject: { kind: 'setting', id: key }, details }],
      };
    },
  );
}
