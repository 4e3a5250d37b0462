import type { PackageApproval } from '#lib/emulator/governance-state.ts';
import { at, type Exchange, isRow, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import { requirePermission, requireUser } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, GraphRefusal, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { personRow } from './review-rows.ts';

const path = '/identityGovernance/entitlementManagement/accessPackageAssignmentApprovals';
const context = path.slice(1);
const readers = ['EntitlementManagement.Read.All', 'EntitlementManagement.ReadWrite.All'];

/** Approvals of access packages: the same object as PIM's approvals, under another roof. People only. */
export const packageApprovalRoutes: Route[] = [
  {
    method: 'GET',
    path: `${path}/filterByCurrentUser(on='{on}')`,
    answer: (exchange) => {
      gate(exchange);
      if (at(exchange, 'on') !== 'approver')
        throw badRequest(`Unsupported value '${at(exchange, 'on')}' of 'on'.`);
      const rows = all(exchange)
        .filter((one) => one.reviewResult === 'NotReviewed' && decides(exchange, one))
        .map((one) => ({ id: one.id, stages: [stageRow(exchange, one)] }));
      return collection(exchange, rows, { context: 'Collection(approval)' });
    },
  },
  {
    method: 'GET',
    path: `${path}/{id}`,
    answer: (exchange) => {
      const one = approvalOf(exchange);
      return entity(exchange, { id: one.id, stages: [stageRow(exchange, one)] }, { context });
    },
  },
  ...['steps', 'stages'].flatMap((name): Route[] => [
    {
      method: 'GET',
      path: `${path}/{id}/${name}`,
      answer: (exchange) => {
        const one = approvalOf(exchange);
        return collection(exchange, [stageRow(exchange, one)], {
          context: `${context}('${one.id}')/${name}`,
        });
      },
    },
    {
      method: 'GET',
      path: `${path}/{id}/${name}/{stage}`,
      answer: (exchange) => {
        const one = stageOf(exchange);
        return entity(exchange, stageRow(exchange, one), { context: `${context}('${one.id}')/${name}` });
      },
    },
    { method: 'PATCH', path: `${path}/{id}/${name}/{stage}`, answer: patch },
  ]),
];

function gate(exchange: Exchange): void {
  requireUser(exchange);
  requirePermission(exchange, exchange.call.method === 'PATCH' ? readers.slice(1) : readers);
}

function all({ world }: Exchange): PackageApproval[] {
  return world.state.graph.packageApprovals ?? [];
}

function decides({ caller }: Exchange, { approverIds }: PackageApproval): boolean {
  return approverIds.includes(caller.objectId);
}

function approvalOf(exchange: Exchange): PackageApproval {
  gate(exchange);
  const wanted = at(exchange, 'id').toLowerCase();
  const found = all(exchange).find(({ id }) => id === wanted);
  if (!found) throw resourceMissing(wanted);
  if (!decides(exchange, found) && found.requestorId !== exchange.caller.objectId) throw denied();
  return found;
}

function stageOf(exchange: Exchange): PackageApproval {
  const found = approvalOf(exchange);
  const wanted = at(exchange, 'stage').toLowerCase();
  if (found.stageId !== wanted) throw resourceMissing(wanted);
  return found;
}

function patch(exchange: Exchange): Answer {
  const { call, world, caller } = exchange;
  const found = stageOf(exchange);
  if (!decides(exchange, found)) throw denied();
  const { reviewResult, justification } = isRow(call.body) ? call.body : {};
  const verdict = (['Approve', 'Deny'] as const).find((one) => one === reviewResult);
  if (!verdict) throw badRequest("Invalid value specified for property 'reviewResult'.");
  if (found.reviewResult !== 'NotReviewed') {
    throw new GraphRefusal(409, 'Conflict', 'The approval stage has already been decided.');
  }
  found.reviewResult = verdict;
  found.reviewedById = caller.objectId;
  found.reviewedAt = world.now();
  found.justification = typeof justification === 'string' ? justification : '';
  world.changed();
  return { status: 204 };
}

function stageRow(exchange: Exchange, one: PackageApproval): Row {
  const isOpen = one.reviewResult === 'NotReviewed';
  return {
    id: one.stageId,
    displayName: null,
    reviewedDateTime: moment(one.reviewedAt),
    reviewResult: one.reviewResult,
    status: isOpen ? 'InProgress' : 'Completed',
    assignedToMe: isOpen && decides(exchange, one),
    justification: one.justification,
    reviewedBy: one.reviewedById === null ? null : personRow(exchange.world.state, one.reviewedById),
  };
}
