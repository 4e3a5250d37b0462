import { and, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { absences } from '#db/schema/approvals.ts';
import { askApprovers, mayStillSign } from '#lib/operations/approvals/ask-approvers.ts';
import { holdApproval } from '#lib/operations/approvals/hold-approval.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { unnameDeputy } from './unname-deputy.ts';

type Absence = typeof absences.$inferSelect;

/**
 * Absences that begin: who stands in is named and asked for what waits for the absent. Absences that are over, or were
 * called off: the deputy is taken off again, and who is back is asked for what was filed meanwhile.
 */
export async function takeDueAbsences(ctx: Context): Promise<void> {
  const now = await clock(db());
  const due = await db()
    .select()
    .from(absences)
    .where(
      or(
        and(isNull(absences.endedAt), lte(absences.startsAt, now)),
        and(isNotNull(absences.endedAt), isNotNull(absences.begunAt)),
      ),
    );
  for (const absence of due) {
    const isOver = absence.endedAt !== null || absence.endsAt <= now;
    if (isOver) await end(ctx, absence);
    else if (!absence.begunAt) await begin(ctx, absence, now);
  }
}

/** What is brought about comes first, its mark after it: a kill in between asks nobody twice, and forgets nobody. */
async function begin(ctx: Context, absence: Absence, at: Date): Promise<void> {
  const { id, personId, deputyId } = absence;
  await askAnew(ctx, await waiting(personId, true), deputyId);
  await db()
    .update(absences)
    .set({ begunAt: at })
    .where(and(eq(absences.id, id), isNull(absences.begunAt)));
}

async function end(ctx: Context, absence: Absence): Promise<void> {
  const { id, personId, endsAt } = absence;
  await change(
    ctx,
    async (tx) => {
      await tx
        .update(absences)
        .set({ endedAt: endsAt })
        .where(and(eq(absences.id, id), isNull(absences.endedAt)));
    },
    async (tx) => {
      await unnameDeputy(tx, absence);
      return { value: null, entries: [] };
    },
  );
  await askAnew(ctx, await waiting(personId, false), personId);
  await db().update(absences).set({ begunAt: null }).where(eq(absences.id, id));
}

/**
 * Asks whoever is new among the approvers of these requests, where this person may sign; null: where nobody stands in,
 * so that there may be too few by now.
 */
async function askAnew(ctx: Context, requestIds: string[], personId: string | null): Promise<void> {
  for (const requestId of requestIds)
    await change(
      ctx,
      (tx) => holdApproval(tx, requestId),
      async (tx, held) => {
        const waits = held?.request.status === 'awaiting_signatures' && held.approval.state === 'waiting';
        if (!held || !waits) return { value: null, entries: [] };
        const found = personId === null ? [] : await mayStillSign(tx, held);
        const may = personId === null || found.some(({ approverId }) => approverId === personId);
        return { value: null, entries: may ? await askApprovers(tx, held) : [] };
      },
    );
}

/** What waits in a stage that names this person in their own right, or does not. */
async function waiting(personId: string, isNamed: boolean): Promise<string[]> {
  const result = await db().execute(sql`
    select r.id from request_approvals p
    join requests r on r.id = p.request_id and r.status = 'awaiting_signatures'
    where p.state = 'waiting' and r.requester_id <> ${personId} and ${isNamed} = exists (
      select 1 from stage_approvers a
      where a.request_id = p.request_id and a.stage = p.stage and a.approver_id = ${personId} and a.for_id is null)`);
  return (result as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
}
