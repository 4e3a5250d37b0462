import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { RoleNames } from '#lib/domain/assignment.ts';
import type { Callout } from '#lib/domain/evaluation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { liveStatuses } from '#lib/domain/request.ts';
import { next } from '#lib/domain/stages.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { holdApproval } from '#lib/operations/approvals/hold-approval.ts';
import { keepStanding } from '#lib/operations/approvals/keep-standing.ts';
import type { Told } from '#lib/operations/change.ts';
import { move } from '#lib/operations/requests/move.ts';
import type { HeldReceipt } from './receipts-of.ts';

/**
 * Uses an approval that waited to be started: its request goes on with the activation that PIM asks about, made in another
 * client, and is looked at from now on like one that Stint filed. One that Stint is filing itself is in use already.
 * @throws Refusal `conflict` when somebody started it first.
 */
export async function takeReceipt(
  tx: Tx,
  { is, request }: HeldReceipt,
  { callout, stage }: { callout: Callout | null; stage: string },
  place: RoleNames | null,
  now: Date,
): Promise<Told[]> {
  if (is === 'in_filing' || !callout || !place) return [];
  const held = await holdApproval(tx, request.id);
  const started = held && next(held.pinned, held.standing, { is: 'start' });
  if (started?.is !== 'next' || held?.request.version !== request.version) throw new Refusal('conflict');
  await keepStanding(tx, held, started.standing);
  const startsAt = callout.startsAt && callout.startsAt > now ? callout.startsAt : now;
  const minutes = callout.minutes ?? request.minutes;
  const { scopeId } = callout.role;
  const isNarrower = scopeId.toLowerCase() !== request.scopeId.toLowerCase() && !(await hasLive(tx, callout));
  const narrower = {
    ...{ scopeId, scopeName: place.scopeName, scopeKind: place.scopeKind },
    eligibleScopeId: request.eligibleScopeId ?? request.scopeId,
  };
  const wantedStartAt = startsAt > now ? startsAt : null;
  const common = { azureId: callout.azureId, minutes, wantedStartAt, ...(isNarrower && narrower) };
  const window = { startsAt, endsAt: plusMinutes(startsAt, minutes) };
  const details = { where: 'azure', azureId: callout.azureId, minutes, scopeId, stage };
  // PIM's own approver still comes, unless this was asked after them; the window begins when they have decided.
  const waits = request.policy?.approval === true && stage === 'pre_approval';
  const to = waits ? 'awaiting_approval' : startsAt > now ? 'scheduled' : 'provisioning';
  const patch = waits
    ? { ...common, waitingSince: now, checkAt: plusMinutes(now, 1) }
    : { ...common, ...window, checkAt: startsAt };
  const moved = await move(tx, held.request, to, patch, 'request.started_elsewhere', details);
  return moved.entries;
}

/** Something else of theirs is live at the narrower scope: the request keeps its own, and stays beside it. */
async function hasLive(tx: Tx, { principalId, role }: Callout): Promise<boolean> {
  const same = [
    ...[eq(requests.requesterId, principalId), eq(requests.plane, role.plane)],
    eq(sql`lower(${requests.roleId})`, role.roleId),
    eq(sql`lower(${requests.scopeId})`, role.scopeId.toLowerCase()),
  ];
  return (await tx.$count(requests, and(...same, inArray(requests.status, [...liveStatuses])))) > 0;
}
