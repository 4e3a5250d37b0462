import { endIdOf } from '#lib/azure/arm/end-id.ts';
import { roleDefinitionPath } from '#lib/azure/arm/scope.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { entraDialect } from '#lib/azure/graph/entra.ts';
import { groupDialect } from '#lib/azure/graph/group.ts';
import { withMark } from '#lib/azure/mark.ts';
import type { Act, Told } from '#lib/azure/ports.ts';
import type { ReaderCalls } from '#lib/azure/reader/calls.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import { isGone, obstacleOf } from './obstacle-of.ts';

/** What PIM is asked as an administrator asks; update: another window for what is there. A removal has none. */
export interface PimAsk extends RoleAtScope {
  principalId: string;
  side: 'eligible' | 'active';
  verb: 'assign' | 'update' | 'remove';
  window?: { startsAt: Date | null; endsAt: Date | null };
  condition?: { text: string; version: string | null } | null;
}

/**
 * Files an administrator's request with PIM under the change's id: as ARM's name, as a mark on Graph. What is there
 * already (`was_there`), or not there any more, is the state asked for.
 */
export async function askPim(calls: ReaderCalls, act: Act, ask: PimAsk): Promise<Told> {
  try {
    const status = ask.plane === 'azure' ? await askArm(calls, act, ask) : await askGraph(calls, act, ask);
    if (/locked$/i.test(status)) return { is: 'obstacle', outcome: 'locked', why: status };
    if (/^(failed|denied|invalid|timedout|canceled)/i.test(status)) {
      return { is: 'obstacle', outcome: 'failed', why: `Azure ended the request as “${status}”.` };
    }
    return { is: 'told', facts: {} };
  } catch (error) {
    if (ask.verb !== 'assign' && isGone(error)) return { is: 'gone' };
    if (ask.verb === 'assign' && error instanceof AzureFault && error.kind === 'already_exists') {
      return { is: 'told', facts: { was_there: 'yes' } };
    }
    return obstacleOf(error);
  }
}

/** The name of a request at ARM, which keeps one for good: a new round needs another. */
export function nameOf({ changeId, round }: Act): string {
  return round === 0 ? changeId : endIdOf(changeId, round);
}

/** Why, in Azure’s own log. */
const reasons: Partial<Record<string, string>> = {
  bypassed: 'Activated past Stint’s approval',
  ticket_closed: 'The ticket it was for is closed',
};
const reason = ({ changeId, facts }: Act) =>
  withMark(reasons[facts.because ?? ''] ?? 'Decided in an access review', changeId);

const verbs = { assign: 'Assign', update: 'Update', remove: 'Remove' } as const;

async function askGraph(calls: ReaderCalls, act: Act, ask: PimAsk): Promise<string> {
  const { plane, principalId, roleId, scopeId, side, verb, window } = ask;
  const { eligiblePath, activePath } = plane === 'group' ? groupDialect : entraDialect;
  const path = (side === 'eligible' ? eligiblePath : activePath).replace(/Instances$/, 'Requests');
  const target =
    plane === 'group'
      ? { principalId, groupId: scopeId, accessId: roleId }
      : { principalId, roleDefinitionId: roleId, directoryScopeId: scopeId };
  const answer = await (await calls.graph()).post<{ status?: string }>(path, {
    ...{ ...target, action: `admin${verbs[verb]}`, justification: reason(act) },
    ...(window && {
      scheduleInfo: {
        startDateTime: (window.startsAt ?? new Date()).toISOString(),
        expiration: window.endsAt
          ? { type: 'afterDateTime', endDateTime: window.endsAt.toISOString() }
          : { type: 'noExpiration' },
      },
    }),
  });
  return answer.status ?? '';
}

async function askArm(calls: ReaderCalls, act: Act, ask: PimAsk): Promise<string> {
  const { principalId, roleId, scopeId, side, verb, window, condition } = ask;
  const arm = await calls.arm();
  const name = nameOf(act);
  const body = {
    principalId,
    roleDefinitionId: roleDefinitionPath(scopeId, roleId),
    requestType: `Admin${verbs[verb]}`,
    justification: reason(act),
    ...(window && {
      scheduleInfo: {
        startDateTime: window.startsAt ?? new Date(),
        expiration: window.endsAt
          ? { type: 'AfterDateTime', endDateTime: window.endsAt }
          : { type: 'NoExpiration' },
      },
    }),
    ...(condition && { condition: condition.text, conditionVersion: condition.version ?? '2.0' }),
  };
  try {
    const made = await arm.sdk('write', (client) =>
      side === 'eligible'
        ? client.roleEligibilityScheduleRequests.create(scopeId, name, body)
        : client.roleAssignmentScheduleRequests.create(scopeId, name, body),
    );
    return made.status ?? '';
  } catch (fault) {
    // A repeated name may be answered with 200, which the SDK takes for an error.
    if (!(fault instanceof AzureFault) || fault.status !== 200) throw fault;
    const first = await arm.sdk('read', (client) =>
      side === 'eligible'
        ? client.roleEligibilityScheduleRequests.get(scopeId, name)
        : client.roleAssignmentScheduleRequests.get(scopeId, name),
    );
    return first.status ?? '';
  }
}
