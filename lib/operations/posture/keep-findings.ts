import { inArray, sql } from 'drizzle-orm';
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

const rowsAtOnce = 500;

/**
 * Keeps what the rules found at `at`, one row for each kind and subject. What people said about one stays, for what they
 * said it about: one that was accepted and is worse now, or more, is open again, and so is one that was gone, with the
 * day it was first seen. Both are on record.
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

/** The page as rows, in one parameter: with one for every value a statement takes longer to send than to run. */
const asRows = (page: readonly Found[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(page)}::jsonb) as found(kind text, subject text, risk text, size int, parts jsonb, title text,
    evidence jsonb, "nextStep" text, "principalId" text, "assignmentId" text)`;

/** Of `found`: 0 is the worst. */
const rankOf = sql`array_position(${sql.raw(`array['${riskLevels.join("','")}']`)}, found.risk) - 1`;

const unaccepted = { acceptedById: null, acceptedByName: null, acceptedReason: null, acceptedUntil: null };

function keepPage(ctx: Context, at: Date, page: readonly Found[]): Promise<Kept> {
  return change(
    ctx,
    (tx) => known(tx, page),
    async (tx, before) => {
      const back = before.filter(({ state }) => state === 'gone');
      const worse = before.filter(({ isWorse }) => isWorse);
      const seenAt = sql`${at.toISOString()}::timestamptz`;
      await tx.execute(sql`
        insert into findings as known (kind, subject, risk, rank, size, parts, title, evidence, next_step, principal_id,
          assignment_id, state, first_seen_at, last_seen_at)
        select kind, subject, risk, ${rankOf}, coalesce(size, 0), parts, title, evidence, "nextStep", "principalId", "assignmentId", 'open', ${seenAt}, ${seenAt}
        from ${asRows(page)} order by kind, subject
        on conflict (kind, subject) do update set
          risk = excluded.risk, rank = excluded.rank, size = excluded.size, parts = excluded.parts, title = excluded.title, evidence = excluded.evidence,
          next_step = excluded.next_step, principal_id = excluded.principal_id,
          assignment_id = excluded.assignment_id, gone_at = null,
          -- A sandbox whose clock was set back has rows that lie ahead: they do not count.
          last_seen_at = case when known.last_seen_at > excluded.last_seen_at + interval '1 hour'
            then excluded.last_seen_at else greatest(known.last_seen_at, excluded.last_seen_at) end,
          state = case when known.state = 'gone' then 'open' else known.state end,
          -- Who answers says which version they saw: what it says is part of it.
          version = known.version + case when known.state = 'gone'
            or (known.risk, known.title, known.evidence) is distinct from (excluded.risk, excluded.title, excluded.evidence)
            then 1 else 0 end`);
      if (worse.length > 0) {
        await tx
          .update(findings)
          .set({ state: 'open', ...unaccepted })
          .where(
            inArray(
              findings.id,
              worse.map(({ id }) => id),
            ),
          );
      }
      return {
        value: { opened: page.length - before.length, returned: back.length },
        entries: [
          ...back.map(({ id, kind, subject, goneAt }) => ({
            action: 'finding.returned',
            subject: { kind: 'finding' as const, id },
            details: { kind, subject, goneAt: goneAt?.toISOString() ?? null },
          })),
          ...worse.map(({ id, acceptedByName, acceptedUntil }) => ({
            action: 'finding.reopened',
            subject: { kind: 'finding' as const, id },
            details: {
              acceptedBy: acceptedByName,
              until: acceptedUntil?.toISOString() ?? null,
              why: 'it is worse, or more, than what was accepted',
            },
          })),
        ],
      };
    },
  );
}

async function known(tx: Tx, page: readonly Found[]) {
  const { id, kind, subject, state, goneAt, acceptedByName, acceptedUntil } = findings;
  const isWorse = sql<boolean>`${state} = 'accepted' and (${rankOf} < ${findings.rank} or coalesce(found.size, 0) > ${findings.size}
    or not coalesce(found.parts <@ ${findings.parts}, true))`;
  return await tx
    .select({ id, kind, subject, state, goneAt, acceptedByName, acceptedUntil, isWorse })
    .from(findings)
    .innerJoin(asRows(page), sql`found.kind = ${kind} and found.subject = ${subject}`)
    .orderBy(kind, subject)
    .for('update', { of: findings });
}

const keyOf = ({ kind, subject }: Found) => `${kind} ${subject}`;
