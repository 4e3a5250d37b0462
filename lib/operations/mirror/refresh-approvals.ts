import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { people } from '#db/schema/people.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { AwaitingDecision, PersonPorts } from '#lib/azure/ports.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { audienceOf, type Plane, planes } from '#lib/domain/plane.ts';
import { isLive, liveStatuses } from '#lib/domain/request.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { dropTokens, tokenOf } from '#lib/operations/act-tokens.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';
import { move, type RequestRecord } from '#lib/operations/requests/move.ts';
import { nameApprovers } from '#lib/operations/requests/provision.ts';
import { noteRun, readingFailure } from './runs.ts';

/** Runs of this reading are kept beside the person's own, under a name of their own. */
export const approvalsRun = (principalId: string) => `approvals:${principalId}`;

/** Azure's lists may show for so long what is decided or taken back. */
const lagMinutes = 30;

interface Approver {
  id: string;
  name: string;
}

/**
 * Reads what Azure lets this person decide, with their own tokens. A request Stint filed gets the person
 * as an approver if the policy did not name them; one filed elsewhere is adopted, so that one queue shows both.
 */
export async function refreshApprovals(
  ctx: Context,
  input: { principalId: string; actId: string },
  ports: PersonPorts,
  open: OpenToken,
): Promise<void> {
  const [person] = await db().select().from(people).where(eq(people.objectId, input.principalId));
  const approver = { id: input.principalId, name: person?.name ?? input.principalId };
  await Promise.all(
    planes.map(async (plane) => {
      const token = await tokenOf(input.actId, audienceOf[plane], open);
      if (token) await readPlane(ctx, plane, approver, ports, token);
    }),
  );
  await write(ctx, async (tx) => {
    await dropTokens(tx, input.actId);
    await enqueue(tx, 'learn-roles', { principalId: input.principalId, traceId: ctx.traceId });
    await announce(tx, [input.principalId]);
    return [];
  });
}

async function readPlane(ctx: Context, plane: Plane, approver: Approver, ports: PersonPorts, token: string) {
  let awaiting: AwaitingDecision[];
  try {
    awaiting = await ports[plane].awaitingMe(token);
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    const failure = readingFailure(error, plane);
    await write(ctx, async (tx) => {
      await noteRun(tx, approvalsRun(approver.id), plane, failure);
      return [];
    });
    return;
  }
  failPoint('refresh-approvals:after-read');
  await write(ctx, async (tx) => {
    const entries: Told[] = [];
    for (const one of awaiting) entries.push(...(await take(tx, one, approver)));
    await noteRun(tx, approvalsRun(approver.id), plane, null);
    return entries;
  });
}

async function take(tx: Tx, waiting: AwaitingDecision, approver: Approver): Promise<Told[]> {
  if ((await accountsOf(tx, waiting.principalId)).includes(approver.id)) return [];
  const now = await clock(tx);
  const known = await find(tx, waiting);
  const live = known && isLive(known.status) ? known : null;
  if (known && !live) {
    // A list that lags may show what is decided; what goes on waiting is Azure's word against ours.
    const mayLag = known.endedAt !== null && plusMinutes(known.endedAt, lagMinutes) > now;
    if (mayLag || (await hasLive(tx, waiting))) return [];
    // What is over stays over: the one that waits is a request of its own, and takes Azure's name with it.
    await tx.update(requests).set({ azureId: null }).where(eq(requests.id, known.id));
  }
  const id = live?.id ?? (await adopt(tx, waiting, now));
  if (!id) return [];
  const told = live ? await seenWaiting(tx, live, waiting, now) : [adopted(id, waiting, known)];
  await tx
    .insert(requestApprovers)
    .values({ requestId: id, approverId: approver.id, approverName: approver.name, through: null })
    .onConflictDoNothing();
  return told;
}

async function hasLive(tx: Tx, { plane, roleId, scopeId, principalId }: AwaitingDecision): Promise<boolean> {
  const role = [eq(requests.plane, plane), eq(requests.roleId, roleId), eq(requests.scopeId, scopeId)];
  const live = inArray(requests.status, [...liveStatuses]);
  return (await tx.$count(requests, and(eq(requests.requesterId, principalId), ...role, live))) > 0;
}

/** Filed here, and the answer was lost: it waits in Azure, and so it does here. */
async function seenWaiting(
  tx: Tx,
  seen: RequestRecord,
  { azureId, approvalId, createdAt }: AwaitingDecision,
  now: Date,
): Promise<Told[]> {
  if (seen.status !== 'needs_you') return [];
  await nameApprovers(tx, seen);
  const names = { azureId, approvalId, waitingSince: createdAt };
  const patch = { ...names, failure: null, misses: 0, checkAt: plusMinutes(now, 1) };
  const details = { azureId, where: 'azure' };
  return (await move(tx, seen, 'awaiting_approval', patch, 'request.awaiting_approval', details)).entries;
}

function adopted(id: string, waiting: AwaitingDecision, before: RequestRecord | null): Told {
  const { plane, roleId, scopeId, roleName, scopeName, principalId, justification } = waiting;
  const details = { plane, roleId, scopeId, roleName, scopeName, principalId, justification, where: 'azure' };
  const follows = before && { follows: before.id, wasCalled: before.status };
  return { action: 'request.adopted', subject: { kind: 'request', id }, details: { ...details, ...follows } };
}

/**
 * By Azure's id, or by our mark, which anybody can type: it counts only on a request of the same person for the same role,
 * and one that Azure has not named otherwise. The live one before those that are over.
 */
async function find(tx: Tx, waiting: AwaitingDecision): Promise<RequestRecord | null> {
  const byAzureId = eq(requests.azureId, waiting.azureId);
  const byMark = waiting.mark ? and(eq(requests.id, waiting.mark), isNull(requests.azureId)) : undefined;
  const rows = await tx
    .select()
    .from(requests)
    .where(
      and(
        eq(requests.plane, waiting.plane),
        eq(requests.requesterId, waiting.principalId),
        or(byAzureId, byMark),
      ),
    );
  const same = rows.filter((row) => roleKey(row) === roleKey(waiting));
  const named = same.find(({ azureId }) => azureId === waiting.azureId);
  return same.find(({ status }) => isLive(status)) ?? named ?? same[0] ?? null;
}

/** A request made in Azure itself, put on record. Null when the person's own live request is in the way: it is that one. */
async function adopt(tx: Tx, waiting: AwaitingDecision, now: Date): Promise<string | null> {
  const id = randomUUID();
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind, justification, ticketNumber } = waiting;
  const [row] = await tx
    .insert(requests)
    .values({
      id,
      submissionId: id,
      origin: 'azure',
      requesterId: waiting.principalId,
      requesterName: waiting.principalName ?? waiting.principalId,
      ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, justification, ticketNumber },
      eligibilityId: '',
      minutes: Math.max(1, waiting.minutes ?? 60),
      wantedStartAt: waiting.startsAt,
      status: 'awaiting_approval',
      filedAt: waiting.createdAt,
      waitingSince: waiting.createdAt,
      azureId: waiting.azureId,
      approvalId: waiting.approvalId,
      checkAt: plusMinutes(now, 1),
    })
    .onConflictDoNothing()
    .returning({ id: requests.id });
  return row?.id ?? null;
}

/** Which of an approver's waiting requests Stint knows the roles of; for the reader that learns them. */
export async function rolesAwaiting(approverId: string) {
  return db()
    .selectDistinct({ plane: requests.plane, roleId: requests.roleId, scopeId: requests.scopeId })
    .from(requests)
    .innerJoin(requestApprovers, eq(requestApprovers.requestId, requests.id))
    .where(and(eq(requestApprovers.approverId, approverId), inArray(requests.status, ['awaiting_approval'])));
}

function write(ctx: Context, work: (tx: Tx) => Promise<Told[]>): Promise<null> {
  return change(
    ctx,
    async () => null,
    async (tx) => ({ value: null, entries: await work(tx) }),
  );
}
