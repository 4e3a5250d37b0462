import { and, eq, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { onCallWindows } from '#db/schema/on-call.ts';
import { type OnCallPattern, type OnCallStatus, patternFaults } from '#lib/domain/on-call.ts';
import { longestJustification, longestTicket } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { guardReason } from '#lib/operations/requests/guard-submit.ts';
import { mustOwn, type OnCallRecord } from './must-own.ts';
import { clearAhead, spread } from './spread.ts';

/** What may be changed of a window: when it comes, and why. Other roles are another window. */
interface WindowChange {
  id: string;
  /** As it was seen: who saved since is not overwritten. */
  version: number;
  pattern: OnCallPattern;
  justification: string;
  ticketNumber: string;
}

/**
 * Changes when a window comes from now on; what was asked for already stays as it is.
 * @throws Refusal `not_found` for somebody else's, `conflict` when it was changed or ended since, `malformed`.
 */
export async function changeWindow(ctx: PersonContext, asked: WindowChange): Promise<void> {
  const { pattern, justification, ticketNumber } = asked;
  await change(
    ctx,
    async (tx) => {
      const window = await mustOwn(tx, ctx, asked.id);
      if (window.status === 'ended' || window.version !== asked.version) throw new Refusal('conflict');
      const now = await clock(tx);
      const minutes = window.roles.map((role) => role.minutes);
      const [fault] = Object.entries(patternFaults(pattern, minutes, now));
      if (fault) throw new Refusal('malformed', fault[1], fault[0]);
      if (justification.length > longestJustification) throw new Refusal('justification_too_long');
      await guardReason(tx, justification);
      if (ticketNumber.length > longestTicket) throw new Refusal('ticket_too_long');
      return { window, now };
    },
    async (tx, { window, now }) => {
      const changed = await save(tx, window, { pattern, justification, ticketNumber });
      await spread(tx, changed, now);
      const { pattern: before } = window;
      const details = { before, pattern, justification, ticketNumber };
      return { value: null, entries: [told('on_call.changed', window, details)] };
    },
  );
}

const verbs: Record<OnCallStatus, string> = {
  running: 'on_call.continued',
  paused: 'on_call.paused',
  ended: 'on_call.ended',
};

/**
 * Pauses a window, has it go on, or ends it for good. What was asked for already stays: it is cancelled as any request.
 * Paused, nothing is asked for and nothing is missed.
 * @throws Refusal `not_found` for somebody else's; `conflict` when it is so already, or was ended.
 */
export async function turnWindow(
  ctx: PersonContext,
  { id, status }: { id: string; status: OnCallStatus },
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const window = await mustOwn(tx, ctx, id);
      if (window.status === 'ended' || window.status === status) throw new Refusal('conflict');
      return { window, now: await clock(tx) };
    },
    async (tx, { window, now }) => {
      const changed = await save(tx, window, { status });
      if (status === 'ended') await clearAhead(tx, id, now);
      // What could not be asked for before is tried anew.
      else if (status === 'running') await spread(tx, changed, now);
      return { value: null, entries: [told(verbs[status], window, {})] };
    },
  );
}

async function save(
  tx: Tx,
  { id, version, personId }: OnCallRecord,
  patch: Partial<typeof onCallWindows.$inferInsert>,
): Promise<OnCallRecord> {
  const [row] = await tx
    .update(onCallWindows)
    .set({ ...patch, version: sql`${onCallWindows.version} + 1` })
    .where(and(eq(onCallWindows.id, id), eq(onCallWindows.version, version)))
    .returning();
  if (!row) throw new Refusal('conflict');
  await announce(tx, [personId]);
  return row;
}

function told(action: string, { id }: OnCallRecord, details: Record<string, unknown>): Told {
  return { action, subject: { kind: 'on_call', id }, details };
}
