import { randomUUID } from 'node:crypto';
import { and, eq, inArray, or } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { people } from '#db/schema/people.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { AwaitingDecision, PersonPorts } from '#lib/azure/ports.ts';
import { audienceOf, type Plane, planes } from '#lib/domain/plane.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { dropTokens, tokenOf } from '#lib/operations/act-tokens.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';
import { noteRun, readingFailure } from './runs.ts';

/** Runs of this reading are kept beside the person's own, under a name of their own. */
export const approvalsRun = (principalId: string) => `approvals:${principalId}`;

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
  await write(ctx, async (tx) => {
    const entries: Told[] = [];
    for (const one of awaiting) entries.push(...(await take(tx, one, approver)));
    await noteRun(tx, approvalsRun(approver.id), plane, null);
    return entries;
  });
}

async function take(tx: Tx, waiting: AwaitingDecision, approver: Approver): Promise<Told[]> {
  if (waiting.principalId === approver.id) return [];
  const known = await find(tx, waiting);
  const id = known?.id ?? (await adopt(tx, waiting));
  if (!id) return [];
  await tx
    .insert(requestApprovers)
    .values({ requestId: id, approverId: approver.id, approverName: approver.name, through: null })
    .onConflictDoNothing();
  if (known) return [];
  const { plane, roleId, scopeId, roleName, scopeName, principalId, justification } = waiting;
  const details = { plane, roleId, scopeId, roleName, scopeName, principalId, justification, where: 'azure' };
  return [{ action: 'request.adopted', subject: { kind: 'request', id }, details }];
}

/** By Azure's id, or by our mark, which anybody can type: it counts only on a request of the same person and plane. */
async function find(tx: Tx, waiting: AwaitingDecision): Promise<{ id: string } | undefined> {
  const byAzureId = eq(requests.azureId, waiting.azureId);
  const byMark = waiting.mark
    ? and(eq(requests.id, waiting.mark), eq(requests.requesterId, waiting.principalId))
    : undefined;
  const [row] = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(and(eq(requests.plane, waiting.plane), or(byAzureId, byMark)));
  return row;
}

/** A request made in Azure itself, put on record. Null when the person's own live request is in the way: it is that one. */
async function adopt(tx: Tx, waiting: AwaitingDecision): Promise<string | null> {
  const id = randomUUID();
  const now = await clock(tx);
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
