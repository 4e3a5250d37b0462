import { and, inArray, ne, or, sql } from 'drizzle-orm';
import { findings } from '#db/schema/posture.ts';
import type { FindingKind } from '#lib/domain/finding.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import type { Kept } from './keep-findings.ts';

/** What nobody said anything about ends without an entry of its own: the sum tells it. */
const unsaid = { acceptedById: null, acceptedByName: null, acceptedReason: null, acceptedUntil: null };

/**
 * Ends an assessment: what these kinds no longer show is gone, and how many there were is on record. One that somebody
 * had taken on or accepted is told by itself.
 */
export async function endFindings(
  ctx: Context,
  at: Date,
  kinds: readonly FindingKind[],
  { opened, returned }: Kept,
): Promise<void> {
  await change(
    ctx,
    async () => null,
    async (tx) => {
      const said = sql<boolean>`${findings.assigneeId} is not null or ${findings.acceptedById} is not null`;
      const isPast = or(
        sql`${findings.lastSeenAt} < ${at.toISOString()}::timestamptz`,
        sql`${findings.lastSeenAt} > ${at.toISOString()}::timestamptz + interval '1 hour'`,
      );
      const told = await tx
        .select({ id: findings.id, kind: findings.kind, subject: findings.subject })
        .from(findings)
        .where(and(inArray(findings.kind, [...kinds]), ne(findings.state, 'gone'), isPast, said))
        .orderBy(findings.kind, findings.subject)
        .for('update');
      const gone = await tx
        .update(findings)
        .set({ state: 'gone', goneAt: at, version: sql`${findings.version} + 1`, ...unsaid })
        .where(and(inArray(findings.kind, [...kinds]), ne(findings.state, 'gone'), isPast))
        .returning({ id: findings.id });
      return {
        value: null,
        entries: [
          ...told.map(({ id, kind, subject }) => ({
            action: 'finding.gone',
            subject: { kind: 'finding' as const, id },
            details: { kind, subject },
          })),
          ...(opened + returned + gone.length > 0
            ? [
                {
                  action: 'posture.assessed',
                  subject: { kind: 'finding' as const, id: 'all' },
                  details: { opened, returned, gone: gone.length },
                },
              ]
            : []),
        ],
      };
    },
  );
}
