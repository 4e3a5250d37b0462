import { at, type Exchange, type Route } from '#lib/emulator/graph/exchange.ts';
import { collection, entity, filterOf, needConsistency } from '#lib/emulator/graph/odata/collection.ts';
import { drawn } from '#lib/emulator/graph/odata/drawn.ts';
import { equalities } from '#lib/emulator/graph/odata/matches.ts';
import { badRequest, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { groupsOf } from '#lib/emulator/pim/holdings.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { instanceId } from './instance-id.ts';
import { assignmentRow, assignmentSet, rolesInForce } from './role-assignment-row.ts';
import { assignRole, unassignRole } from './role-assignment-writes.ts';

const set = 'roleAssignments';
const transitiveSet = 'transitiveRoleAssignments';
const path = `/roleManagement/directory/${set}`;

/** Entra role assignments as the directory itself has them, without PIM's schedules. */
export const roleAssignmentRoutes: Route[] = [
  {
    method: 'GET',
    path,
    answer: (exchange) =>
      collection(exchange, drawn(rolesInForce(exchange), assignmentRow), assignmentSet(exchange, set)),
  },
  { method: 'POST', path, answer: assignRole },
  {
    method: 'GET',
    path: `${path}/{id}`,
    answer: (exchange) => {
      const id = at(exchange, 'id');
      const found = rolesInForce(exchange).find((one) => instanceId(one) === id);
      if (!found) throw resourceMissing(id);
      return entity(exchange, assignmentRow(found), assignmentSet(exchange, set));
    },
  },
  { method: 'DELETE', path: `${path}/{id}`, answer: unassignRole },
  {
    method: 'GET',
    path: `/roleManagement/directory/${transitiveSet}`,
    version: 'beta',
    answer: transitive,
  },
];

/** What a principal holds by itself and through groups, whose rows name the group. Without the header there is nothing here. */
function transitive(exchange: Exchange): Answer {
  const { call, world } = exchange;
  const held = rolesInForce(exchange);
  if (call.headers.consistencylevel?.toLowerCase() !== 'eventual') throw resourceMissing(transitiveSet);
  needConsistency(exchange);
  const { principalId, roleDefinitionId, directoryScopeId, ...others } = equalities(filterOf(exchange));
  if (!principalId || Object.keys(others).length > 0)
    throw badRequest("A $filter on 'principalId' is required.");
  const holders = [principalId.toLowerCase(), ...groupsOf(world, principalId.toLowerCase())];
  const rows = held
    .filter((one) => holders.includes(one.principalId))
    .filter(({ role }) => !roleDefinitionId || role === roleDefinitionId.toLowerCase())
    .filter(({ scope }) => !directoryScopeId || scope.toLowerCase() === directoryScopeId.toLowerCase())
    .map(assignmentRow);
  return collection(exchange, rows, { ...assignmentSet(exchange, transitiveSet), isFiltered: true });
}
