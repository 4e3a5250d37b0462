import type { Actor } from './actor.ts';
import { isCancellable, type RequestStatus } from './request.ts';

/** Who may. Pages and server ask these same functions; what they do not know is a no. */

interface Owned {
  requesterId: string;
}

interface Decidable extends Owned {
  status: RequestStatus;
  approverIds: readonly string[];
}

export function mayReadAllHistory(actor: Actor): boolean {
  return actor.roles.includes('Stint.Auditor') || actor.roles.includes('Stint.Administrator');
}

/** See who holds what in the whole tenant. */
export function mayReadPosture(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('Stint.Auditor') || actor.roles.includes('Stint.Administrator');
}

/** Say about a finding whose it is, and that it is accepted for a time. */
export function mayAnswerFindings(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('Stint.Administrator');
}

/** Make, open, close and cancel access reviews. */
export function mayRunReviews(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('Stint.Reviewer') || actor.roles.includes('Stint.Administrator');
}

/** Close an access review before its time, and let held changes go. */
export function mayCloseReviews(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('Stint.Administrator');
}

/** See every access review with its evidence; who is asked about an item sees that item in any case. */
export function mayReadReviews(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('Stint.Auditor') || mayRunReviews(actor);
}

/** Decide what holds for everybody: Stint's own rules, ticket systems, bundles for a team. */
export function mayAdminister(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('Stint.Administrator');
}

/** See how Stint itself is doing, and have failed jobs tried again. */
export function mayOperate(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('Stint.Administrator');
}

/** Administrators end anybody's session; they cannot sign in as anybody. */
export function mayEndOthersSessions(actor: Actor): boolean {
  return actor.roles.includes('Stint.Administrator');
}

export function maySeeRequest(actor: Actor, request: Owned & { approverIds: readonly string[] }): boolean {
  return (
    request.requesterId === actor.objectId ||
    request.approverIds.includes(actor.objectId) ||
    mayReadAllHistory(actor)
  );
}

/** Object ids are compared, never names: nobody decides their own, not through a group either. */
export function mayApprove(actor: Actor, request: Decidable): boolean {
  return (
    request.status === 'awaiting_approval' &&
    request.requesterId !== actor.objectId &&
    request.approverIds.includes(actor.objectId)
  );
}

/** Sign a stage of Stint's own: nobody their own request, and only while it waits for signatures. */
export function maySign(actor: Pick<Actor, 'objectId'>, request: Decidable): boolean {
  return (
    request.status === 'awaiting_signatures' &&
    request.requesterId !== actor.objectId &&
    request.approverIds.includes(actor.objectId)
  );
}

/** Start what was approved. */
export function mayStart(
  actor: Pick<Actor, 'objectId'>,
  request: Owned & { status: RequestStatus },
): boolean {
  return request.requesterId === actor.objectId && request.status === 'approved';
}

export function mayCancel(actor: Actor, request: Owned & { status: RequestStatus }): boolean {
  return request.requesterId === actor.objectId && isCancellable(request.status);
}

export function mayEnd(actor: Actor, request: Owned & { status: RequestStatus }): boolean {
  return request.requesterId === actor.objectId && request.status === 'active';
}

export function mayResume(actor: Actor, request: Owned & { status: RequestStatus }): boolean {
  return request.requesterId === actor.objectId && request.status === 'needs_you';
}

/** More time for what is on; also for what was activated in Azure itself and is on record. */
export function mayExtend(actor: Actor, request: Owned & { status: RequestStatus }): boolean {
  return request.requesterId === actor.objectId && request.status === 'active';
}
