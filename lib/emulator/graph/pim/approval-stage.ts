import type { Exchange, Row } from '#lib/emulator/graph/exchange.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import { mayReview } from '#lib/emulator/pim/decide.ts';
import type { ScheduleRequest } from '#lib/emulator/state.ts';

/** The one stage of a request's approval, as the caller sees it. */
export function stageRow({ world, caller }: Exchange, request: ScheduleRequest): Row {
  const { approval } = request;
  const reviewer = world.state.users.find(({ id }) => id === approval?.reviewedBy);
  return {
    id: approval?.stageId,
    displayName: null,
    reviewedDateTime: moment(approval?.reviewedAt ?? null),
    reviewResult: approval?.reviewResult,
    status: statusOf(request.status),
    assignedToMe: mayReview(world, caller.objectId, request),
    justification: approval?.justification,
    reviewedBy: reviewer
      ? { id: reviewer.id, displayName: reviewer.displayName, userPrincipalName: reviewer.userPrincipalName }
      : null,
  };
}

function statusOf(status: string): string {
  if (status === 'PendingApproval') return 'InProgress';
  return status === 'TimedOut' ? 'Expired' : 'Completed';
}
