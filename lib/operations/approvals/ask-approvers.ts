import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { stageApprovers } from '#db/schema/approvals.ts';
import { next, stillMissing } from '#lib/domain/stages.ts';
import { accountsOfEach } from '#lib/operations/approval-policy/accounts-of.ts';
import { expandStage, type StageApprover } from '#lib/operations/approval-policy/expand-stage.ts';
import type { Told } from '#lib/operations/change.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { administrators } from './administrators.ts';
import { type HeldApproval, holdApproval } from './hold-approval.ts';
import { keepStanding } from './keep-standing.ts';
import { letterOf } from './letter-of.ts';
import { isTaken } from './place-taken.ts';
import { unnameOthers } from './unname-others.ts';

/**
 * Writes down who may sign the stage that waits, in place of who may no longer, and asks those that were not asked
 * before; `remind`: the others are reminded. Where there are too few to sign it, the next set is asked at once; with
 * none it goes on waiting, and the requester and administrators are told, once.
 */
export async function askApprovers(tx: Tx, held: HeldApproval, { remind = false } = {}): Promise<Told[]> {
  const { request, stage, standing, approval } = held;
  const found = await expandStage(tx, stage, request, { escalated: standing.isEscalated });
  await unnameOthers(tx, held, found);
  const all = stillOf(held, found);
  const named = await nameApprovers(tx, request.id, standing.stage, all);
  const now = await clock(tx);
  const reminder = `${standing.stage} ${now.toISOString()} v${approval.version}`;
  const facts = { stage: stage.name, text: request.justification };
  const letters = all.flatMap(({ approverId: to, isEscalated }) => {
    if (!named.includes(to)) return remind ? [letterOf(request, 'reminder', to, reminder, facts)] : [];
    const kind = isEscalated ? 'escalated' : 'asked_to_sign';
    return [letterOf(request, kind, to, `${standing.stage} v${approval.version}`, facts)];
  });
  await tell(tx, letters);
  if (letters.length > 0)
    await announce(tx, [request.requesterId, ...all.map(({ approverId }) => approverId)]);
  const people = await peopleAmong(tx, held, all);
  if (people >= stillMissing(held.pinned, standing)) return [];
  return (await escalateSooner(tx, held, people)) ?? tellNobodyCan(tx, held, people);
}

/** How many people: several accounts of one sign once. */
async function peopleAmong(
  tx: Tx,
  { request }: HeldApproval,
  some: readonly StageApprover[],
): Promise<number> {
  const ids = some.map(({ approverId }) => approverId);
  const accountsOf = await accountsOfEach(tx, ids, request.filedAt);
  return new Set(ids.map((id) => accountsOf(id).toSorted()[0])).size;
}

/** Waiting out its time would be waiting for nobody. null: there is no further set, or it is asked already. */
async function escalateSooner(tx: Tx, held: HeldApproval, found: number): Promise<Told[] | null> {
  const { pinned, request, stage, standing } = held;
  const outcome = stage.escalation ? next(pinned, standing, { is: 'escalate' }) : null;
  if (outcome?.is !== 'next') return null;
  await keepStanding(tx, held, outcome.standing);
  const after = await holdApproval(tx, request.id);
  const details = { stage: standing.stage, stageName: stage.name, because: 'too_few', found };
  const escalated = {
    action: 'request.escalated',
    subject: { kind: 'request' as const, id: request.id },
    details,
  };
  return [escalated, ...(after ? await askApprovers(tx, after) : [])];
}

/** Who may sign now and has not signed yet. */
export async function mayStillSign(tx: Tx, held: HeldApproval): Promise<StageApprover[]> {
  const { request, stage, standing } = held;
  return stillOf(held, await expandStage(tx, stage, request, { escalated: standing.isEscalated }));
}

function stillOf(held: HeldApproval, found: readonly StageApprover[]): StageApprover[] {
  const { standing, personOf } = held;
  const signed = standing.signatures.filter(({ state }) => state === 'intended' || state === 'recorded');
  return found.filter(
    (one) => !isTaken(held, one) && !signed.some(({ personId }) => personId === personOf(one.approverId)),
  );
}

/** Adds who is not named for the stage yet. Returns their ids. */
async function nameApprovers(
  tx: Tx,
  requestId: string,
  stage: number,
  found: readonly StageApprover[],
): Promise<string[]> {
  if (found.length === 0) return [];
  const rows = await tx
    .insert(stageApprovers)
    .values(
      found.map(({ approverId, approverName, through, forId, forName, isEscalated }) => ({
        ...{ requestId, stage, approverId, approverName, through, forId, forName, isEscalated },
      })),
    )
    .onConflictDoNothing()
    .returning({ id: stageApprovers.approverId });
  return rows.map(({ id }) => id);
}

async function tellNobodyCan(
  tx: Tx,
  { request, stage, standing }: HeldApproval,
  found: number,
): Promise<Told[]> {
  const of = `${standing.stage} ${standing.isEscalated ? 'escalated' : ''}`;
  const letter = (to: string) => letterOf(request, 'nobody_can_sign', to, of, { stage: stage.name });
  if ((await tell(tx, [letter(request.requesterId)])) === 0) return [];
  const others = (await administrators(tx)).filter((id) => id !== request.requesterId);
  await tell(tx, others.map(letter));
  await announce(tx, [request.requesterId]);
  return [
    {
      action: 'request.nobody_can_sign',
      subject: { kind: 'request', id: request.id },
      details: { stage: standing.stage, stageName: stage.name, needed: stage.signatures, found },
    },
  ];
}
