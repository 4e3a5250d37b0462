import { eligibleOnce } from '#lib/azure/eligible-once.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { isTakenBy } from '#lib/azure/is-taken.ts';
import type { LiveOptions } from '#lib/azure/live-options.ts';
import type { FiledRequest, PersonPort } from '#lib/azure/ports.ts';
import { decideApproval, readApproval } from './approvals.ts';
import { type ArmCalls, armCalls } from './calls.ts';
import { endIdOf } from './end-id.ts';
import {
  activateBody,
  activeOf,
  awaitingOf,
  deactivateBody,
  eligibleOf,
  filedOf,
  ownOf,
} from './translate.ts';
import { worksOnArm } from './works.ts';

const tenant = '';

/** PIM for Azure roles behind ARM, as the signed-in person may use it. */
export function armPort(options: LiveOptions): PersonPort {
  const open = (token: string) => armCalls(options, token);

  return {
    async eligible(token, principalId) {
      const rows = await open(token).all((client) =>
        client.roleEligibilityScheduleInstances.listForScope(tenant, { filter: 'asTarget()' }),
      );
      return eligibleOnce(rows.map((row) => eligibleOf(row, principalId)));
    },
    async active(token) {
      const rows = await open(token).all((client) =>
        client.roleAssignmentScheduleInstances.listForScope(tenant, { filter: 'asTarget()' }),
      );
      return rows.map(activeOf);
    },
    async activate(token, activation) {
      const calls = open(token);
      const { scopeId, requestId } = activation;
      try {
        return filedOf(
          await calls.sdk('write', (client) =>
            client.roleAssignmentScheduleRequests.create(scopeId, requestId, activateBody(activation)),
          ),
        );
      } catch (fault) {
        // A repeated name may be answered with 200, which the SDK takes for an error, or refused: the first stands.
        if (!(fault instanceof AzureFault) || ![200, 400, 409].includes(fault.status)) throw fault;
        const first = await filed(calls, scopeId, requestId);
        if (!first) throw fault;
        return first;
      }
    },
    filed: (token, { requestId, azureId, role }) => filed(open(token), role.scopeId, azureId ?? requestId),
    async isTaken(token, { requestId, role, now }) {
      const calls = open(token);
      const filter = 'asTarget()';
      const [rows, active] = await Promise.all([
        calls.all((client) => client.roleAssignmentScheduleRequests.listForScope(tenant, { filter })),
        calls.all((client) => client.roleAssignmentScheduleInstances.listForScope(tenant, { filter })),
      ]);
      const others = rows.filter(
        ({ name, requestType }) => name !== requestId && requestType === 'SelfActivate',
      );
      return isTakenBy(others.map(ownOf), active.map(activeOf), role, now);
    },
    async deactivate(token, of) {
      const name = endIdOf(of.requestId, of.attempt);
      try {
        await open(token).sdk('write', (client) =>
          client.roleAssignmentScheduleRequests.create(of.scopeId, name, deactivateBody(of)),
        );
      } catch (fault) {
        if (!(fault instanceof AzureFault)) throw fault;
        if (fault.kind !== 'not_active' && fault.status !== 200) throw fault;
      }
    },
    async cancel(token, { azureId, role }) {
      try {
        await open(token).sdk('write', (client) =>
          client.roleAssignmentScheduleRequests.cancel(role.scopeId, azureId),
        );
      } catch (fault) {
        if (!(fault instanceof AzureFault)) throw fault;
        // The SDK knows 200 only. A 400 means: provisioned or over; it has no code of its own.
        if (fault.status !== 204) throw fault.status === 400 ? fault.as('not_cancellable') : fault;
      }
    },
    async awaitingMe(token) {
      const rows = await open(token).all((client) =>
        client.roleAssignmentScheduleRequests.listForScope(tenant, { filter: 'asApprover()' }),
      );
      return rows.filter(({ status }) => status === 'PendingApproval').map(awaitingOf);
    },
    decide: (token, decision) => decideApproval(open(token), decision),
    approval: (token, approvalId) => readApproval(open(token), approvalId),
    works: (token, { role, definition }) => worksOnArm(open(token), role, definition),
  };
}

async function filed(calls: ArmCalls, scopeId: string, name: string): Promise<FiledRequest | null> {
  try {
    return filedOf(
      await calls.sdk('read', (client) => client.roleAssignmentScheduleRequests.get(scopeId, name)),
    );
  } catch (fault) {
    if (fault instanceof AzureFault && fault.kind === 'not_found') return null;
    throw fault;
  }
}
