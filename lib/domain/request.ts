/**
 * The life of a request. Nothing here is shown as active before Azure says so, nor as gone before it is.
 *
 *   awaiting_signatures → approved → filed: where Stint's own policy has stages, Azure is asked after them.
 *   filed → awaiting_approval → provisioning → active → ending → ended
 *         → scheduled ────────↗        (also straight from filed)
 *   and the ends that give nothing: denied · withdrawn · lapsed · failed. `needs_you`: the person's token
 *   is gone; one click resumes the same request.
 */
export const requestStatuses = [
  'awaiting_signatures',
  'approved',
  'filed',
  'needs_you',
  'awaiting_approval',
  'scheduled',
  'provisioning',
  'active',
  'ending',
  'withdrawing',
  'ended',
  'denied',
  'withdrawn',
  'lapsed',
  'failed',
] as const;
export type RequestStatus = (typeof requestStatuses)[number];

/** Statuses of which a person has at most one per role and scope (also an index in the database). */
export const liveStatuses = [
  'awaiting_signatures',
  'approved',
  'filed',
  'needs_you',
  'awaiting_approval',
  'scheduled',
  'provisioning',
  'active',
  'ending',
  'withdrawing',
] as const satisfies readonly RequestStatus[];

const moves: Record<RequestStatus, readonly RequestStatus[]> = {
  awaiting_signatures: ['approved', 'denied', 'withdrawn', 'lapsed', 'failed'],
  // Started in another client, it is not filed here.
  approved: [
    'filed',
    'needs_you',
    'awaiting_approval',
    'scheduled',
    'provisioning',
    'active',
    'withdrawn',
    'lapsed',
    'failed',
  ],
  filed: ['needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'failed', 'withdrawn'],
  needs_you: ['filed', 'awaiting_approval', 'withdrawing', 'active', 'failed'],
  awaiting_approval: [
    'provisioning',
    'scheduled',
    'active',
    'denied',
    'withdrawing',
    'withdrawn',
    'lapsed',
    'failed',
    'ended',
  ],
  scheduled: ['provisioning', 'active', 'withdrawing', 'withdrawn', 'failed', 'ended'],
  provisioning: ['active', 'failed', 'ending', 'ended'],
  active: ['ending', 'ended'],
  ending: ['active', 'ended'],
  withdrawing: [
    'withdrawn',
    'needs_you',
    'awaiting_approval',
    'scheduled',
    'provisioning',
    'active',
    'denied',
    'lapsed',
    'failed',
  ],
  ended: [],
  denied: [],
  withdrawn: [],
  lapsed: [],
  failed: [],
};

export function mayMove(from: RequestStatus, to: RequestStatus): boolean {
  return moves[from].includes(to);
}

/**
 * It is not over: whoever has it on screen listens, since others, the clock or another client may change it, also while
 * it waits for its person to start it or to go on.
 */
export function isLive(status: RequestStatus): boolean {
  return (liveStatuses as readonly RequestStatus[]).includes(status);
}

/** Only Stint knows of it: it waits for signatures, or to be started. */
export function isBeforeAzure(status: RequestStatus): boolean {
  return status === 'awaiting_signatures' || status === 'approved';
}

const withdrawable: readonly RequestStatus[] = [
  'awaiting_signatures',
  'approved',
  'needs_you',
  'awaiting_approval',
  'scheduled',
];

/** May its requester still cancel it? Once Azure grants, it is ended instead. */
export function isCancellable(status: RequestStatus): boolean {
  return withdrawable.includes(status);
}

/**
 * Why access ended. ended_by_stint, ticket_closed: the Applier took away what had gone past Stint's approval, or whose
 * ticket was closed.
 */
export const endCauses = [
  'expired',
  'ended_early',
  'removed_in_azure',
  'ended_by_stint',
  'ticket_closed',
] as const;
export type EndCause = (typeof endCauses)[number];

/** Where it was filed. */
export const origins = ['stint', 'azure'] as const;
export type Origin = (typeof origins)[number];

export const statusNames: Record<RequestStatus, string> = {
  awaiting_signatures: 'Waiting for signatures',
  approved: 'Approved: to be started',
  filed: 'Asking Azure…',
  needs_you: 'Needs you',
  awaiting_approval: 'Waiting for approval',
  scheduled: 'Scheduled',
  provisioning: 'Being provisioned…',
  active: 'Active',
  ending: 'Ending…',
  withdrawing: 'Cancelling…',
  ended: 'Ended',
  denied: 'Denied',
  withdrawn: 'Cancelled',
  lapsed: 'Lapsed',
  failed: 'Failed',
};
