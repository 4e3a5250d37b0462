import type { Lock } from '#lib/emulator/arm-state.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { State } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { locksOver } from './locks-over.ts';
import { page } from './page.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { fields, text } from './request-body.ts';
import { covers } from './scopes.ts';

const TYPE = 'Microsoft.Authorization/locks';
const VERBS: Record<string, string> = { GET: 'read', PUT: 'write', DELETE: 'delete' };
const LEVELS: Lock['level'][] = ['CanNotDelete', 'ReadOnly'];

/** Management locks of a subscription, resource group or resource: list, get, put, delete (API 2016-09-01 and later). */
export function locks(ask: AuthorizationCall): Answer {
  const { call, world, caller, scope, rest } = ask;
  const verb = VERBS[call.method];
  const name = rest[1];
  if (verb === undefined || rest.length > 2 || (name === undefined && verb !== 'read'))
    throw notEmulated(call);
  if (!scope.startsWith('/subscriptions/')) throw notEmulated(call);
  const action = `${TYPE}/${verb}`;
  if (!mayOnArm(world, caller.objectId, action, scope))
    throw authorizationFailed(world, caller, action, scope);
  const { state } = world;
  if (name === undefined) return page(call, inView(state, scope).map(lockRow), 1000);
  const found = (state.locks ?? []).find(
    (lock) => lock.scope === scope && lock.name.toLowerCase() === name.toLowerCase(),
  );
  if (verb === 'write') return write(ask, name, found);
  if (verb === 'read') {
    if (found === undefined) throw resourceNotFound(call.path);
    return { status: 200, body: lockRow(found) };
  }
  if (found === undefined) return { status: 204 };
  state.locks = (state.locks ?? []).filter((lock) => lock !== found);
  world.changed();
  return { status: 200 };
}

function inView(state: State, scope: string): Lock[] {
  const above = locksOver(state, scope);
  const below = (state.locks ?? []).filter(
    (lock) => !above.includes(lock) && covers(state, scope, lock.scope),
  );
  return [...above, ...below];
}

function write({ call, world, scope }: AuthorizationCall, name: string, before: Lock | undefined): Answer {
  const properties = fields(fields(call.body).properties);
  const level = LEVELS.find((known) => known.toLowerCase() === text(properties.level)?.toLowerCase());
  if (level === undefined) {
    throw new PimRefusal(
      400,
      'InvalidLockLevel',
      "The lock level is invalid: it is 'CanNotDelete' or 'ReadOnly'.",
    );
  }
  const lock: Lock = { name: before?.name ?? name, scope, level, notes: text(properties.notes) };
  world.state.locks = [...(world.state.locks ?? []).filter((one) => one !== before), lock];
  world.changed();
  return { status: before === undefined ? 201 : 200, body: lockRow(lock) };
}

function lockRow({ name, scope, level, notes }: Lock) {
  return {
    properties: { level, ...(notes === null ? {} : { notes }) },
    id: `${scope}/providers/${TYPE}/${name}`,
    type: TYPE,
    name,
  };
}

/** ARM's no to what a lock forbids (contract A4). */
export function scopeLocked(
  state: State,
  scope: string,
  resourceId: string,
  operation: 'delete' | 'write',
): PimRefusal {
  const scopes = locksOver(state, scope)
    .filter(({ level }) => operation === 'delete' || level === 'ReadOnly')
    .map((lock) => `'${lock.scope}'`);
  return new PimRefusal(
    409,
    'ScopeLocked',
    `The scope '${resourceId}' cannot perform ${operation} operation because following scope(s) are locked: ${[...new Set(scopes)].join(',')}. Please remove the lock and try again.`,
  );
}
