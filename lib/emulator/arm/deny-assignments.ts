import type { DenyAssignment } from '#lib/emulator/arm-state.ts';
import { groupsOf } from '#lib/emulator/pim/holdings.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { EVERYONE } from './deny.ts';
import { readFilter } from './filter.ts';
import { lastSegment } from './last-segment.ts';
import { page } from './page.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { inView } from './view.ts';

const TYPE = 'Microsoft.Authorization/denyAssignments';
const FILTERS = ['atScope', 'principalId', 'gdprExportPrincipalId', 'denyAssignmentName', 'assignedTo'];

/** denyAssignments: list and get; Azure makes them, so there is nothing to write (API 2022-04-01). */
export function denyAssignments(ask: AuthorizationCall): Answer {
  const { call, world, caller, scope, rest } = ask;
  if (call.method !== 'GET' || rest.length > 2) throw notEmulated(call);
  const action = `${TYPE}/read`;
  if (!mayOnArm(world, caller.objectId, action, scope))
    throw authorizationFailed(world, caller, action, scope);
  const all = world.state.denyAssignments ?? [];
  const name = rest[1];
  if (name === undefined) return list(ask, all);
  const found = all.find((one) => one.scope === scope && one.id === lastSegment(name));
  if (found === undefined) throw resourceNotFound(call.path);
  return { status: 200, body: denyRow(found) };
}

function list({ call, world, scope }: AuthorizationCall, all: DenyAssignment[]): Answer {
  const filter = readFilter(call, FILTERS);
  const name = filter.get('denyAssignmentName')?.toLowerCase();
  const principal = (filter.get('principalId') ?? filter.get('gdprExportPrincipalId'))?.toLowerCase();
  const assignee = filter.get('assignedTo')?.toLowerCase();
  const meant = new Set(
    assignee === undefined ? [principal] : [assignee, EVERYONE, ...groupsOf(world, assignee)],
  );
  const rows = all
    .filter((one) => inView(world.state, filter, scope, one.scope))
    .filter((one) => name === undefined || one.name.toLowerCase() === name)
    .filter((one) => meant.has(undefined) || one.principals.some(({ id }) => meant.has(id)))
    .map(denyRow);
  return page(call, rows, 100);
}

function denyRow(one: DenyAssignment) {
  const { description, permissions, scope, doNotApplyToChildScopes, principals, excludePrincipals } = one;
  const at = scope === '/' ? '' : scope;
  return {
    properties: {
      denyAssignmentName: one.name,
      description,
      permissions,
      scope,
      doNotApplyToChildScopes,
      principals,
      excludePrincipals,
      isSystemProtected: one.isSystemProtected,
    },
    id: `${at}/providers/${TYPE}/${one.id}`,
    type: TYPE,
    name: one.id,
  };
}
