import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { absences } from '#db/schema/approvals.ts';
import { askApprovers } from '#lib/operations/approvals/ask-approvers.ts';
import { holdApproval } from '#lib/operations/approvals/hold-approval.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { unnameDeputy } from './unname-deputy.ts';

type Absence = typeof absences.$inferSelect;

/**
 * Absences that begin: who stands in is named and asked for what waits for the absent. Absences that are over: they are
 * taken off again. What begins and ends is taken once, whoever works.
 */
export async function takeDueAbsences(ctx: Context): Promise<void> {
  const due = await db()
    .select()
    .from(absences)
    .where(and(isNull(absences.endedAt), lte(absences.startsAt, sql`stint_now()`)));
  const now = await db().execute(sql`select stint_now() as now`);
  const [row] = (now as unknown as { rows: { now: string | Date }[] }).rows;
  const at = new Date(row?.now ?? 0);
  for (const absence of due) {
    if (absence.endsAt <= at) await end(ctx, absence);
    else if (!absence.begunAt) await begin(ctx, absence, at);
  }
}

async function begin(ctx: Context, absence: Absence, at: Date): Promise<void> {
  for (const requestId of absence.deputyId ? await waitingFor(absence) : [])
    await change(
      ctx,
      (tx) => holdApproval(tx, requestId),
      async (tx, held) => {
        const waits = held?.request.status === 'awaiting_signatures' && held.approval.state === 'waiting';
        return { value: null, entries: held && waits ? await askApprovers(tx, held, 'asked_to_sign') : [] };
      },
    );
  // After what it brings about: a kill in between asks nobody twice, and forgets nobody.
  await db()
    .update(absences)
    .set({ begunAt: at })
    .where(and(eq(absences.id, absence.id), isNull(absences.begunAt)));
}

async function end(ctx: Context, absence: Absence): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const rows = await tx
        .update(absences)
        .set({ endedAt: absence.endsAt })
        .where(and(eq(absences.id, absence.id), isNull(absences.endedAt)))
        .returning({ id: absences.id });
      return rows.length > 0;
    },
    async (tx, isOurs) => {
      if (isOurs) await unnameDeputy(tx, absence);
      return { value: null, entries: [] };
    },
  );
}

/** What waits in a stage that names the absent. */
async function waitingFor({ personId }: Absence): Promise<string[]> {
  const result = await db().execute(sql`
    select r.id from stage_approvers a
    join request_approvals p on p.request_id = a.request_id and p.stage = a.stage and p.state = 'waiting'
    join requests r on r.id = a.request_id and r.status = 'awaiting_signatures'
    where a.approver_id = ${personId} and a.for_id is null`);
  return (result as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
}
