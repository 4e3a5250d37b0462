import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { findings } from '#db/schema/posture.ts';
import { type Found, riskLevels } from '#lib/domain/finding.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';

/** How many of a page were new, and how many had been gone. */
export interface Kept {
  opened: number;
  returned: number;
}

/** PostgreSQL takes 65,535 parameters in a statement; a finding is a dozen. */
const rowsAtOnce = 500;

/**
 * Keeps what the rules found at `at`, one row for each kind and subject. What people said about one stays; one that was
 * gone is open again, with the day it was first seen, and that is on record.
 */
export async function keepFindings(ctx: Context, at: Date, found: readonly Found[]): Promise<Kept> {
  const once = new Map(found.map((one) => [keyOf(one), one]));
  // In one order: two that keep the same rows at once would wait for each other for ever.
  const sorted = [...once].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
  const kept: Kept = { opened: 0, returned: 0 };
  for (let from = 0; from < sorted.length; from += rowsAtOnce) {
    const page = await keepPage(ctx, at, sorted.slice(from, from + rowsAtOnce));
    kept.opened += page.opened;
    kept.returned += page.returned;
  }
  return kept;
}

function keepPage(ctx: Context, at: Date, page: readonly Found[]): Promise<Kept> {
  return change(
    ctx,
    (tx) => known(tx, page),
    async (tx, before) => {
      const back = before.filter(({ state }) => state === 'gone');
      const wasGone = sql`${findings.state} = 'gone'`;
      // A sandbox whose clock was set back has rows that lie ahead: they do not count.
      const isAhead = sql`${findings.lastSeenAt} > excluded.last_seen_at + interval '1 hour'`;
      await tx
        .insert(findings)
        .values(
          page.map((one) => ({
            ...one,
            rank: riskLevels.indexOf(one.risk),
            state: 'open' as const,
            firstSeenAt: at,
            lastSeenAt: at,
          })),
        )
        .onConflictDoUpdate({
          target: [findings.kind, findings.subject],
          set: {
            risk: sql`excluded.risk`,
            rank: sql`excluded.rank`,
            title: sql`excluded.title`,
            evidence: sql`excluded.evidence`,
            nextStep: sql`excluded.next_step`,
            principalId: sql`excluded.principal_id`,
            assignmentId: sql`excluded.assignment_id`,
            lastSeenAt: sql`case when ${isAhead} then excluded.last_seen_at
              else greatest(${findings.lastSeenAt}, excluded.last_seen_at) end`,
            state: sql`case when ${wasGone} then 'open' else ${findings.state} end`,
            version: sql`${findings.version} + case when ${wasGone} then 1 else 0 end`,
            goneAt: null,
          },
        });
      return {
        value: { opened: page.length - before.length, returned: back.length },
        entries: back.map(({ id, kind, subject, goneAt }) => ({
          action: 'finding.returned',
          subject: { kind: 'finding' as const, id },
          details: { kind, subject, goneAt: goneAt?.toISOString() ?? null },
        })),
      };
    },
  );
}

async function known(tx: Tx, page: readonly Found[]) {
  const { id, kind, subject, state, goneAt } = findings;
  const keys = sql.join(
    page.map((one) => sql`(${one.kind}, ${one.subject})`),
    sql`, `,
  );
  return await tx
    .select({ id, kind, subject, state, goneAt })
    .from(findings)
    .where(sql`(${kind}, ${subject}) in (${keys})`)
    .orderBy(kind, subject)
    .for('update');
}

const keyOf = ({ kind, subject }: Found) => `${kind} ${subject}`;
