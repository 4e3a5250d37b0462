import { randomUUID } from 'node:crypto';
import type { Action, Plane, ScheduleRequest } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';
import { activate } from './activate.ts';
import { assign, change, remove, renew } from './administer.ts';
import { askAdministrator } from './ask-administrator.ts';
import { auditRequest } from './audit-pim.ts';
import { checkTarget } from './check-target.ts';
import { deactivate } from './deactivate.ts';
import { isStopped, throwStopped, type Verdict, verdictDetails, verdictOn } from './extension.ts';
import { policyFor } from './policies.ts';
import { PimRefusal } from './refusal.ts';
import { invalidRequest } from './refusals.ts';

/** A schedule request as any surface reads it; moments in milliseconds. */
export interface Ask {
  /** ARM's caller chooses it; Graph does not. */
  id?: string;
  plane: Plane;
  side: ScheduleRequest['side'];
  action: Action;
  principalId: string;
  role: string;
  scope: string;
  justification: string | null;
  ticketNumber: string | null;
  ticketSystem: string | null;
  startAt: number | null;
  expiration: ScheduleRequest['expiration'];
  linkedEligibilityId?: string | null;
  validateOnly: boolean;
  /** Graph only: kept, and printed. */
  customData?: string;
  /** Azure roles only. */
  condition?: string;
  conditionVersion?: string;
}

/** Checks first and throws PimRefusal; what it returns is what the request then does. */
export type Verb = (world: World, caller: Caller, ask: Ask) => Effect;
type Effect = (request: ScheduleRequest, verdict: Verdict | null) => void;

const verbs: Record<Action, Verb> = {
  selfActivate: activate,
  selfDeactivate: deactivate,
  selfExtend: askAdministrator,
  selfRenew: askAdministrator,
  adminAssign: assign,
  adminUpdate: change,
  adminExtend: change,
  adminRenew: renew,
  adminRemove: remove,
};

/**
 * Files a schedule request with PIM, or throws PimRefusal. The same id again returns the same request without a
 * second effect. `validateOnly` runs every rule and changes nothing. Whether the caller may administer is the surface's question.
 */
export function fileRequest(world: World, caller: Caller, asked: Ask): ScheduleRequest {
  const ask = checkTarget(world, asked);
  const earlier = ask.id ? world.state.requests.find(({ id }) => id === ask.id) : undefined;
  if (earlier) return sameAgain(earlier, caller, ask);
  if (ask.action.startsWith('self') && (caller.kind !== 'user' || caller.objectId !== ask.principalId)) {
    throw invalidRequest();
  }
  const effect = checked(world, caller, ask);
  const request = unfiled(world, caller, ask);
  if (ask.validateOnly) return request;
  const policy = policyFor(world, ask.plane, ask.role, ask.scope);
  const isActivation = ask.action === 'selfActivate';
  const verdict = isActivation ? verdictOn(world, policy, 'PreApproval', request) : null;
  if (verdict) request.verdicts = [verdict];
  const approval = { IsActivationRequireApproval: String(policy.approval.required) };
  auditRequest(world, caller, request, 'requested', {
    details: { ...(isActivation && approval), ...verdictDetails(verdict) },
  });
  if (isStopped(world, request, verdict)) {
    auditRequest(world, null, request, 'denied', {
      reason: verdict?.reasons.join(' ') ?? '',
      details: verdictDetails(verdict),
    });
    throwStopped(world, verdict);
  } else effect(request, verdict);
  if (request.approval) auditRequest(world, caller, request, 'approvalRequested');
  world.state.requests.push(request);
  world.changed();
  return request;
}

/** Runs the rules; PIM notes in the audit log what it refuses. */
function checked(world: World, caller: Caller, ask: Ask): Effect {
  try {
    return verbs[ask.action](world, caller, ask);
  } catch (refusal) {
    if (refusal instanceof PimRefusal && !ask.validateOnly) {
      auditRequest(world, caller, ask, 'requested', { failure: refusal.code });
    }
    throw refusal;
  }
}

function sameAgain(earlier: ScheduleRequest, caller: Caller, ask: Ask): ScheduleRequest {
  const same =
    earlier.requestorId === caller.objectId &&
    earlier.plane === ask.plane &&
    earlier.side === ask.side &&
    earlier.action === ask.action &&
    earlier.principalId === ask.principalId &&
    earlier.role === ask.role &&
    earlier.scope === ask.scope;
  if (!same) throw invalidRequest();
  return earlier;
}

function unfiled(world: World, caller: Caller, ask: Ask): ScheduleRequest {
  return {
    // Answered anew, it is the request the extension was asked about.
    id: ask.id ?? world.consulted?.requestId ?? randomUUID(),
    plane: ask.plane,
    side: ask.side,
    action: ask.action,
    principalId: ask.principalId,
    requestorId: caller.objectId,
    role: ask.role,
    scope: ask.scope,
    justification: ask.justification,
    ticketNumber: ask.ticketNumber,
    ticketSystem: ask.ticketSystem,
    startAt: ask.startAt,
    expiration: ask.expiration,
    status: 'Granted',
    approval: null,
    createdAt: world.now(),
    completedAt: null,
    targetScheduleId: null,
    linkedEligibilityId: ask.linkedEligibilityId ?? null,
    ...(ask.customData === undefined ? {} : { customData: ask.customData }),
    ...(ask.condition === undefined ? {} : { condition: ask.condition }),
    ...(ask.conditionVersion === undefined ? {} : { conditionVersion: ask.conditionVersion }),
  };
}
