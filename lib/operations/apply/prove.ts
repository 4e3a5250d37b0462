import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { db, type Tx, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { assignments } from '#db/schema/inventory.ts';
import { requests } from '#db/schema/requests.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ProofPort } from '#lib/azure/ports.ts';
import type { ChangeOutcome } from '#lib/domain/access-change.ts';
import { type AssigningRules, restoreWords } from '#lib/domain/assigning.ts';
import { outcomeSentence } from '#lib/domain/change-words.ts';
import { manualCommand } from '#lib/domain/manual-command.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { holderOf } from './holder-of.ts';
import { type ChangeRecord, loadChange, moveChange, noteChange } from './move-change.ts';
import { otherWay } from './other-way.ts';
import { seconds } from './seconds.ts';

/** One look may be a replica's: what it shows must be seen again, this much later. */
const apartSeconds = 3;
/** Azure took it and goes on showing the old state: after this a person is asked. */
const patienceMinutes = 60;
/** Out of the group, and still within by another: after this it is no replica that lags. */
const elsewhereMinutes = 5;
/** What a person has to do by hand is looked at this often. */
const blockedSeconds = 300;

/**
 * Looks, as the Reader, whether the tenant shows what a change is to bring, and when it does, twice, says so with the
 * time it took. For one that waits for a second person: what the policy would say to it today.
 */
export async function prove(
  ctx: Context,
  { changeId, version }: { changeId: string; version: number },
  proof: ProofPort,
): Promise<void> {
  const row = await loadChange(db(), changeId);
  if (row?.version !== version) return;
  try {
    if (row.state === 'held') return await preview(ctx, row, proof);
    if (row.state !== 'confirming' && row.state !== 'blocked') return;
    const look = await lookAt(row, proof);
    failPoint('prove:after-look');
    await recordLook(ctx, row, look);
    failPoint('prove:after-record');
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    await putOff(row, Math.max(30, error.retryAfterSeconds ?? 0));
    if (error.retry !== 'later') throw error;
  }
}

/** What a look shows; `facts`: to be remembered; `unseen`: why nothing could be looked at. */
interface Look {
  is: 'so' | 'not' | 'elsewhere';
  facts?: Record<string, string>;
  unseen?: string;
}

/** Where the Reader may never look, such as Azure's root, what a later reading of the tenant no longer showed is gone. */
async function lookAt(row: ChangeRecord, proof: ProofPort): Promise<Look> {
  try {
    return row.verb === 'make_time_bound' ? await lookForEnd(row, proof) : await lookFor(row, proof);
  } catch (error) {
    if (!(error instanceof AzureFault) || error.retry !== 'never') throw error;
    return { is: (await isReadGone(row)) ? 'so' : 'not', unseen: error.message };
  }
}

async function isReadGone({ actedAt, askedAt, kept, progress, verb, way }: ChangeRecord): Promise<boolean> {
  if (verb !== 'remove' || way !== 'assignment') return false;
  const since = actedAt ?? (progress.toldAt ? new Date(progress.toldAt) : askedAt);
  const [gone] = await db()
    .select({ id: assignments.id })
    .from(assignments)
    .where(and(eq(assignments.id, kept.assignmentId), gt(assignments.goneAt, since)));
  return gone !== undefined;
}

async function lookFor(row: ChangeRecord, proof: ProofPort): Promise<Look> {
  if (!(await showsIt(row, proof))) return { is: 'not' };
  return { is: (await isStillWithin(row, proof)) ? 'elsewhere' : 'so' };
}

/** The end that is there, whoever gave it; what is gone has no need of one. */
async function lookForEnd({ kept }: ChangeRecord, proof: ProofPort): Promise<Look> {
  const there = await proof.assigned(kept);
  if (!there) return { is: 'so', facts: { wasGone: 'yes' } };
  return there.endsAt ? { is: 'so', facts: { ends_at: there.endsAt.toISOString() } } : { is: 'not' };
}

async function showsIt(row: ChangeRecord, proof: ProofPort): Promise<boolean> {
  const { kept, principalId, progress, verb, way, wayGroupId } = row;
  if (way === 'membership') {
    return (await proof.isMember(wayGroupId ?? '', principalId)) === (verb === 'restore');
  }
  const as =
    kept.kind === 'eligible' ? 'eligible' : kept.kind === 'activated' ? 'activated' : ('assigned' as const);
  if (verb === 'restore' && kept.kind === 'standing') return (await proof.assigned(kept))?.endsAt === null;
  if (verb === 'restore') return proof.shows(kept, as);
  if (verb === 'remove') return !(await proof.shows(kept, as));
  if (!(await proof.shows(kept, 'eligible'))) return false;
  const isFirstStep = row.state === 'confirming' && !progress.eligibleSeenAt;
  return isFirstStep || !(await proof.shows(kept, as));
}

/** Out of one group, and by another still in the one that holds the role: that is not removed. */
async function isStillWithin(row: ChangeRecord, proof: ProofPort): Promise<boolean> {
  if (row.way !== 'membership' || row.verb === 'restore') return false;
  return proof.isWithin((await holderOf(db(), row)).id, row.principalId);
}

function recordLook(ctx: Context, row: ChangeRecord, look: Look): Promise<unknown> {
  return change(
    ctx,
    (tx) => loadChange(tx, row.id),
    async (tx, seen): Promise<Changed<unknown>> => {
      if (seen?.version !== row.version) return { value: null, entries: [] };
      const now = await clock(tx);
      const told = { ...seen, progress: { ...seen.progress, ...look.facts } };
      if (look.is === 'elsewhere') return stillWithin(tx, told, now);
      return look.is === 'so' ? shown(tx, told, now) : notShown(tx, told, now, look.unseen);
    },
  );
}

async function shown(tx: Tx, seen: ChangeRecord, now: Date): Promise<Changed<unknown>> {
  const { seenAt, missing: _, ...progress } = seen.progress;
  if (!seenAt || now < seconds(new Date(seenAt), apartSeconds)) {
    const first = seenAt ?? now.toISOString();
    const checkAt = seconds(new Date(first), apartSeconds);
    return noteChange(tx, seen, { progress: { ...progress, seenAt: first }, checkAt });
  }
  if (seen.verb === 'make_eligible' && seen.state === 'confirming' && !progress.eligibleSeenAt) {
    // Of the other half Azure was told nothing yet.
    const { toldAt: __, ...known } = progress;
    return moveChange(tx, seen, 'made_eligible', {
      ...{ state: 'applying', checkAt: now, attempts: 0 },
      progress: { ...known, eligibleSeenAt: seenAt },
    });
  }
  const confirmedAt = new Date(seenAt);
  const outcome = outcomeOf(seen);
  const tookSeconds = seen.actedAt ? (confirmedAt.getTime() - seen.actedAt.getTime()) / 1000 : null;
  if (seen.verb !== 'restore' && seen.way === 'assignment') {
    // The next reading finds it so too; until then the pages should not show what is known to be otherwise.
    const endsAt = progress.ends_at ? new Date(progress.ends_at) : null;
    await tx
      .update(assignments)
      .set(outcome === 'made_time_bound' ? { kind: 'time_bound', endsAt } : { goneAt: confirmedAt })
      .where(and(eq(assignments.id, seen.kept.assignmentId), isNull(assignments.goneAt)));
  }
  if (seen.requestId) await lookNow(tx, seen.requestId, now);
  return moveChange(
    tx,
    seen,
    'done',
    {
      ...{ state: 'done', outcome, confirmedAt, checkAt: null, explanation: null, manualCommand: null },
      progress,
    },
    { outcome, confirmedAt, tookSeconds, byHand: seen.state === 'blocked' },
  );
}

/** A reading that still showed it may have put its request's own look off: who waits for its end sees it at once. */
async function lookNow(tx: Tx, requestId: string, now: Date): Promise<void> {
  const isOn = inArray(requests.status, ['active', 'ending']);
  await tx
    .update(requests)
    .set({ checkAt: now })
    .where(and(eq(requests.id, requestId), isOn));
}

function outcomeOf({ progress, verb }: ChangeRecord): ChangeOutcome {
  if (verb === 'restore') return 'restored';
  if (verb === 'make_eligible') return 'made_eligible';
  if (progress.wasGone) return 'already_gone';
  return verb === 'make_time_bound' ? 'made_time_bound' : 'removed';
}

function notShown(tx: Tx, seen: ChangeRecord, now: Date, unseen?: string): Promise<Changed<unknown>> {
  const { seenAt: _, ...known } = seen.progress;
  const isLate = now > seconds(toldAt(seen) ?? now, patienceMinutes * 60);
  const progress = isLate ? { ...known, stillThereAt: now.toISOString() } : known;
  if (seen.state === 'blocked')
    return noteChange(tx, seen, { progress, checkAt: seconds(now, blockedSeconds) });
  if (isLate) {
    const shows = unseen
      ? `the Reader may not look there: ${unseen}`
      : 'the tenant still shows it as it was.';
    const why = `It was told ${patienceMinutes} minutes ago, and ${shows}`;
    const explanation = outcomeSentence('failed', why);
    // Of a conversion half done only the other half is left.
    const rest = progress.eligibleSeenAt ? { ...seen, verb: 'remove' as const } : seen;
    const patch = {
      ...({ state: 'blocked', outcome: 'failed' } as const),
      ...{ explanation, progress, manualCommand: manualCommand({ ...rest, progress }, now) },
      checkAt: seconds(now, blockedSeconds),
    };
    return moveChange(tx, seen, 'blocked', patch, { outcome: 'failed', explanation });
  }
  const missing = Number(progress.missing ?? 0) + 1;
  return noteChange(tx, seen, {
    progress: { ...progress, missing: String(missing) },
    checkAt: seconds(now, Math.min(300, 2 ** Math.min(missing, 9) / 2)),
  });
}

/** Since when the tenant could show it: the answer may have been lost. */
function toldAt({ actedAt, progress }: ChangeRecord): Date | null {
  return actedAt ?? (progress.toldAt ? new Date(progress.toldAt) : null);
}

/** Replicas are given a while; then a person is told by which other way it is still there. */
async function stillWithin(tx: Tx, seen: ChangeRecord, now: Date): Promise<Changed<unknown>> {
  const { seenAt: _, ...progress } = seen.progress;
  const isLate = now > seconds(toldAt(seen) ?? now, elsewhereMinutes * 60);
  if (!isLate || seen.state === 'blocked') {
    const wait = seen.state === 'blocked' ? blockedSeconds : 15;
    return noteChange(tx, seen, { progress, checkAt: seconds(now, wait) });
  }
  const { principalId, wayGroupId } = seen;
  const holder = await holderOf(tx, seen);
  const other = await otherWay(tx, { groupId: holder.id, memberId: principalId, leftId: wayGroupId });
  const explanation = `The membership is gone, and the access is not: ${other} still leads into ${holder.name}. Take that away as well.`;
  const checkAt = seconds(now, blockedSeconds);
  const patch = { state: 'blocked', outcome: 'inherited', explanation, progress, checkAt } as const;
  return moveChange(tx, seen, 'blocked', patch, { outcome: 'inherited', explanation });
}

/** The policy's rules for such an assignment; a sentence: why they cannot be read. */
async function assigning({ kept }: ChangeRecord, proof: ProofPort): Promise<AssigningRules | string | null> {
  try {
    return await proof.assigning(kept);
  } catch (error) {
    if (error instanceof AzureFault && error.retry === 'never') return error.message;
    throw error;
  }
}

/** What the second person should know before letting it go. */
async function preview(ctx: Context, row: ChangeRecord, proof: ProofPort): Promise<void> {
  if (row.verb !== 'restore') return putOff(row, null);
  const read = row.way === 'membership' ? null : await assigning(row, proof);
  await change(
    ctx,
    (tx) => loadChange(tx, row.id),
    async (tx, seen): Promise<Changed<unknown>> => {
      if (seen?.version !== row.version) return { value: null, entries: [] };
      const policy =
        row.way === 'membership'
          ? 'Yes: a membership is given back the way it was held.'
          : typeof read === 'string'
            ? `It could not be read: ${read}`
            : restoreWords(row.kept, read, await clock(tx), row.progress.hasEnd !== undefined);
      return noteChange(tx, seen, { progress: { ...seen.progress, policy }, checkAt: null });
    },
  );
}

/** Bookkeeping like the lease: it raises no version. null: nothing is awaited. */
async function putOff({ id, version }: ChangeRecord, wait: number | null): Promise<void> {
  const checkAt = wait === null ? null : sql`stint_now() + make_interval(secs => ${wait})`;
  await transaction((tx) =>
    tx
      .update(accessChanges)
      .set({ checkAt })
      .where(and(eq(accessChanges.id, id), eq(accessChanges.version, version))),
  );
}
