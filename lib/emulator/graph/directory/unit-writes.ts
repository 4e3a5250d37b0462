import { at, type Exchange, type Route } from '#lib/emulator/graph/exchange.ts';
import { holdsAny, requirePermission } from '#lib/emulator/graph/permissions.ts';
import { denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { AdministrativeUnit } from '#lib/emulator/graph-state.ts';
import { auditDirectory } from '#lib/emulator/pim/audit-directory.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { referenced, referenceExists } from './references.ts';

const writers = ['AdministrativeUnit.ReadWrite.All', 'Directory.ReadWrite.All'];
const administrators = [knownRoles.globalAdministrator, knownRoles.privilegedRoleAdministrator];

/** Who is in an administrative unit, changed by hand; beta also knows units at the root. */
export const unitWrites: Route[] = [
  ...routesAt('/directory/administrativeUnits'),
  ...routesAt('/administrativeUnits').map((route): Route => ({ ...route, version: 'beta' })),
];

function routesAt(units: string): Route[] {
  const path = `${units}/{id}/members`;
  return [
    { method: 'POST', path: `${path}/$ref`, answer: add },
    { method: 'DELETE', path: `${path}/{member}/$ref`, answer: remove },
  ];
}

function add(exchange: Exchange): Answer {
  const unit = changeable(exchange);
  const id = referenced(exchange);
  if (unit.memberIds.includes(id)) throw referenceExists('members');
  unit.memberIds = [...unit.memberIds, id];
  return changed(exchange, 'Add member to administrative unit', id, unit);
}

function remove(exchange: Exchange): Answer {
  const unit = changeable(exchange);
  const id = at(exchange, 'member').toLowerCase();
  if (!unit.memberIds.includes(id)) throw resourceMissing(id);
  unit.memberIds = unit.memberIds.filter((one) => one !== id);
  return changed(exchange, 'Remove member from administrative unit', id, unit);
}

function changeable(exchange: Exchange): AdministrativeUnit {
  requirePermission(exchange, writers);
  if (exchange.caller.kind === 'user' && !holdsAny(exchange, administrators)) throw denied();
  const wanted = at(exchange, 'id').toLowerCase();
  const unit = exchange.world.state.graph.administrativeUnits.find(({ id }) => id === wanted);
  if (!unit) throw resourceMissing(wanted);
  return unit;
}

function changed(exchange: Exchange, activity: string, id: string, unit: AdministrativeUnit): Answer {
  auditDirectory(exchange, activity, 'AdministrativeUnit', [id, unit.id]);
  exchange.world.changed();
  return { status: 204 };
}
