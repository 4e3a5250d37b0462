import { and, eq, inArray } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db, type Tx } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { mirrorActive, mirrorEligible } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { PersonPorts } from '#lib/azure/ports.ts';
import { type ActiveAssignment, type EligibleAssignment, roleKey } from '#lib/domain/assignment.ts';
import { audienceOf, type Plane, planes } from '#lib/domain/plane.ts';
import { dropTokens, tokenOf } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';
import { rereadFiled } from '#lib/operations/requests/reread.ts';
import { noteRun, readingFailure } from './runs.ts';

/**
 * Reads a person's own eligible and active assignments on all three planes, with their own tokens, and
 * replaces what the mirror holds of each plane that answered. A plane that fails keeps its old rows and says so.
 */
export async function refreshAccess(
  ctx: Context,
  input: { principalId: string; actId: string },
  ports: PersonPorts,
  open: OpenToken,
): Promise<void> {
  const { principalId, actId } = input;
  await Promise.all(
    planes.map(async (plane) => {
      const token = await tokenOf(actId, audienceOf[plane], open);
      if (!token) return;
      await readPlane(ctx, plane, principalId, ports, token);
      await rereadOwn(ctx, plane, principalId, ports, token);
    }),
  );
  failPoint('refresh-access:after-record');
  await write(ctx, async (tx) => {
    await dropTokens(tx, actId);
    await enqueue(tx, 'learn-roles', { principalId, traceId: ctx.traceId });
    await announce(tx, [principalId]);
  });
}

async function readPlane(ctx: Context, plane: Plane, principalId: string, ports: PersonPorts, token: string) {
  try {
    const [eligible, active] = await Promise.all([
      ports[plane].eligible(token, principalId),
      ports[plane].active(token, principalId),
    ]);
    failPoint('refresh-access:after-read');
    await write(ctx, async (tx) => {
      // First: its row holds back a second reading of the same plane until this one is in.
      await noteRun(tx, principalId, plane, null);
      await replaceEligible(tx, plane, principalId, eligible);
      await replaceActive(tx, plane, principalId, active);
    });
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    await write(ctx, (tx) => noteRun(tx, principalId, plane, readingFailure(error, plane)));
  }
}

/** Two paths to one role at one scope are one row; the person's own path is preferred to a group's. */
async function replaceEligible(tx: Tx, plane: Plane, principalId: string, rows: EligibleAssignment[]) {
  await tx
    .delete(mirrorEligible)
    .where(and(eq(mirrorEligible.principalId, principalId), eq(mirrorEligible.plane, plane)));
  const byKey = new Map<string, EligibleAssignment>();
  for (const row of rows) {
    const known = byKey.get(roleKey(row));
    if (!known || (known.throughGroupName && !row.throughGroupName)) byKey.set(roleKey(row), row);
  }
  if (byKey.size > 0)
    await tx.insert(mirrorEligible).values([...byKey.values()].map((row) => ({ principalId, ...row })));
}

async function replaceActive(tx: Tx, plane: Plane, principalId: string, rows: ActiveAssignment[]) {
  await tx
    .delete(mirrorActive)
    .where(and(eq(mirrorActive.principalId, principalId), eq(mirrorActive.plane, plane)));
  if (rows.length > 0) await tx.insert(mirrorActive).values(rows.map((row) => ({ principalId, ...row })));
}

/** With the person's token at hand, what Azure made of their waiting requests can be read exactly. */
async function rereadOwn(ctx: Context, plane: Plane, principalId: string, ports: PersonPorts, token: string) {
  const waiting = await db()
    .select()
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, principalId),
        eq(requests.plane, plane),
        inArray(requests.status, ['awaiting_approval', 'scheduled', 'provisioning']),
      ),
    );
  for (const request of waiting) await rereadFiled(ctx, request, ports, token);
}

/** The mirror repeats what Azure says: its writes name no audit entry. */
function write(ctx: Context, work: (tx: Tx) => Promise<void>): Promise<null> {
  return change(
    ctx,
    async () => null,
    async (tx) => {
      await work(tx);
      return { value: null, entries: [] };
    },
  );
}
