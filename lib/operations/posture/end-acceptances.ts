import { and, eq, sql } from 'drizzle-orm';
import { findings } from '#db/schema/posture.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';

/** Opens what was accepted until a day that has come. Screens show it open from that moment on, whether this ran or not. */
export async function endAcceptances(ctx: Context): Promise<void> {
  await change(
    ctx,
    async (tx) =>
      await tx
        .select()
        .from(findings)
        .where(and(eq(findings.state, 'accepted'), sql`${findings.acceptedUntil} <= stint_now()`))
        .orderBy(findings.kind, findings.subject)
        .for('update'),
    async (tx, over) => {
      if (over.length === 0) return { value: null, entries: [] };
      await tx
        .update(findings)
        .set({
          state: 'open',
          version: sql`${findings.version} + 1`,
          ...{ acceptedById: null, acceptedByName: null, acceptedReason: null, acceptedUntil: null },
        })
        .where(sql`${findings.id} in ${over.map(({ id }) => id)}`);
      return {
        value: null,
        entries: over.map(({ id, acceptedByName, acceptedUntil }) => ({
          action: 'finding.acceptance_ended',
          subject: { kind: 'finding' as const, id },
          details: { acceptedBy: acceptedByName, until: acceptedUntil?.toISOString() ?? null },
        })),
      };
    },
  );
}
