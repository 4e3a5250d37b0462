import { findById } from '#lib/emulator/by-id.ts';
import { isRestricted } from '#lib/emulator/graph/directory/restricted.ts';
import type { ScheduleRequest } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';
import { failedAdminRules } from './admin-rules.ts';
import { assigned, hadOne } from './ask-administrator.ts';
import { auditMembership } from './audit-directory.ts';
import { auditRequest } from './audit-pim.ts';
import { hasEnded } from './end.ts';
import { shortestActivation } from './failed-rules.ts';
import type { Ask, Verb } from './file.ts';
import { grant } from './grant.ts';
import { isRunning } from './holdings.ts';
import { knownRoles } from './known-roles.ts';
import { setMembers } from './member-index.ts';
import { policyFor } from './policies.ts';
import { disturb } from './quiet.ts';
import {
  assignmentExists,
  assignmentMissing,
  invalidRequest,
  ownGlobalAdministrator,
  rulesFailed,
  tooShort,
} from './refusals.ts';
import { revoke } from './revoke.ts';
import { schedulesOf } from './schedule-index.ts';
import { isTaken } from './taken.ts';
import { sameTarget, type Window, windowOf } from './window.ts';

/** adminAssign: a new eligible or active assignment. */
export const assign: Verb = (world, caller, ask) => {
  const window = windowOf(ask, world.now());
  refuseImpossible(world, ask);
  const kind = ask.side === 'eligibility' ? 'eligible' : 'active';
  if (isTaken(world, ask, kind, window)) throw assignmentExists();
  refuseBroken(world, caller, ask, window);
  return (request) => {
    grant(world, request, { kind, assignmentType: 'assigned', eligibilityId: null, condition: null });
    decideWish(world, request);
  };
};

/** adminUpdate: another window for an assignment that is there; adminExtend: a later end for one that has an end. */
export const change: Verb = (world, caller, ask) => {
  refuseImpossible(world, ask);
  const schedule = assigned(world, ask);
  const isExtension = ask.action !== 'adminUpdate';
  if (!schedule || (isExtension && schedule.endAt === null)) throw assignmentMissing();
  const window = windowOf({ ...ask, startAt: ask.startAt ?? schedule.startAt }, schedule.startAt);
  if (
    window.endAt !== null &&
    window.endAt <= Math.max(world.now(), isExtension ? (schedule.endAt ?? 0) : 0)
  ) {
    throw invalidRequest();
  }
  refuseBroken(world, caller, ask, window);
  return (request) => {
    schedule.endAt = window.endAt;
    disturb(world.state);
    if (!isExtension) schedule.startAt = window.startAt;
    request.status = 'Provisioned';
    request.completedAt = world.now();
    request.targetScheduleId = schedule.id;
    decideWish(world, request);
  };
};

/** adminRenew: for what has ended, as a new assignment; for what still runs, as an extension. Nothing there before: nothing to renew. */
export const renew: Verb = (world, caller, ask) => {
  if (assigned(world, ask)) return change(world, caller, ask);
  if (!hadOne(world, ask)) throw assignmentMissing();
  return assign(world, caller, ask);
};

/** adminRemove: ends an assignment, a permanent membership, or an activation once it is five minutes old. */
export const remove: Verb = (world, caller, ask) => {
  const kind = ask.side === 'eligibility' ? 'eligible' : 'active';
  const now = world.now();
  const schedule = schedulesOf(world.state, ask.principalId).find(
    (one) =>
      one.kind === kind &&
      sameTarget(one, ask) &&
      !hasEnded(one) &&
      (isRunning(one, now) || one.startAt > now),
  );
  if (!schedule) return leave(world, ask);
  const isOwn = ask.principalId === caller.objectId && ask.side === 'assignment';
  if (ask.plane === 'entra' && ask.role === knownRoles.globalAdministrator && isOwn)
    throw ownGlobalAdministrator();
  const age = now - schedule.startAt;
  if (schedule.assignmentType === 'activated' && age >= 0 && age < shortestActivation) throw tooShort();
  return (request) => revoke(world, request, schedule);
};

/** A permanent member or owner of a group holds no schedule: the group's own list says so. */
function leave(world: World, ask: Ask): ReturnType<Verb> {
  const group = ask.plane === 'group' ? findById(world.state.groups, ask.scope) : undefined;
  const list = (ask.role === 'owner' ? group?.ownerIds : group?.memberIds) ?? [];
  if (!group || !list.includes(ask.principalId) || ask.side === 'eligibility') throw assignmentMissing();
  return (request) => {
    const others = list.filter((one) => one !== ask.principalId);
    if (ask.role === 'owner') group.ownerIds = others;
    else setMembers(world.state, group, others);
    request.status = 'Revoked';
    request.completedAt = world.now();
    auditRequest(world, null, request, 'completed');
    auditMembership(world, 'Remove', ask);
  };
}

/** The rules of the role's settings for administrators. */
function refuseBroken(world: World, caller: Caller, ask: Ask, window: Window): void {
  const policy = policyFor(world, ask.plane, ask.role, ask.scope);
  const failed = failedAdminRules(policy, ask, window, caller.mfa);
  if (failed.length > 0) throw rulesFailed(failed);
}

/** What a person asked to have extended or renewed is decided when an administrator does it. */
function decideWish({ state, now }: World, done: ScheduleRequest): void {
  for (const wish of state.requests) {
    if (wish.status !== 'PendingAdminDecision' || wish.side !== done.side || !sameTarget(wish, done))
      continue;
    wish.status = 'AdminApproved';
    wish.completedAt = now();
  }
}

/** Who cannot be given it, what PIM may not manage, and that a window has to be named. */
function refuseImpossible({ state }: World, ask: Ask): void {
  if (ask.expiration.type === 'notSpecified') throw invalidRequest();
  const isWorkload = state.servicePrincipals.some(({ id }) => id === ask.principalId);
  if (isWorkload && ask.side === 'eligibility') throw invalidRequest();
  const group = state.groups.find(({ id }) => id === ask.principalId);
  if (ask.plane === 'entra' && group && !group.isAssignableToRole) throw invalidRequest();
  if (ask.plane === 'group' && ask.scope === ask.principalId) throw invalidRequest();
  if (ask.plane === 'group' && isRestricted(state, ask.scope)) throw invalidRequest();
}
