import { type Tx, transaction } from '#db/client.ts';
import { type Entry, recordAll } from '#lib/audit/record.ts';
import type { Context } from './context.ts';
import { proveAdministration } from './prove.ts';
import { publish } from './webhooks/publish.ts';

/** An audit entry without what the context already knows. */
export type Told = Omit<Entry, 'doer' | 'traceId'>;

export interface Changed<T> {
  value: T;
  /** What to put on record. An operation that changed nothing after all says so with an empty list. */
  entries: Told[];
}

/**
 * The only way to write: one transaction that passes a gate, changes, and leaves its audit entries, or
 * does none of it. `gate` loads what it judges inside the transaction and throws `Refusal`. Who may do what only
 * administrators do then shows a fresh sign-in, where settings ask for one.
 */
export async function change<Subject, T>(
  ctx: Context,
  gate: (tx: Tx) => Promise<Subject>,
  work: (tx: Tx, subject: Subject) => Promise<Changed<T>>,
): Promise<T> {
  const before = ctx.call?.proven;
  return transaction(async (tx) => {
    // What an undone try took is not taken.
    if (ctx.call) ctx.call.proven = before;
    ctx.requireHold?.();
    const subject = await gate(tx);
    if (ctx.administers) await proveAdministration(tx, ctx.call);
    const { value, entries } = await work(tx, subject);
    await recordAll(
      tx,
      entries.map((entry) => ({
        ...entry,
        details: ctx.call?.proven ? { ...entry.details, stepUp: ctx.call.proven } : entry.details,
        doer: ctx.doer,
        traceId: ctx.traceId,
      })),
    );
    await publish(
      tx,
      entries.map((entry) => ({ ...entry, doer: ctx.doer })),
    );
    return value;
  });
}
