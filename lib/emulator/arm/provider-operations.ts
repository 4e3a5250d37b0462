import type { AzureRole, State } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { notEmulated, resourceNotFound } from './refusals.ts';

const TYPE = 'Microsoft.Authorization/providerOperations';
const VERBS: Record<string, string> = {
  read: 'Get',
  write: 'Create or update',
  delete: 'Delete',
  action: 'Do',
};

interface Operation {
  name: string;
  isDataAction: boolean;
}

/**
 * providerOperations, of all providers or one: any signed-in caller may ask. What is listed is what the role definitions of
 * this tenant name without a wildcard, so it is a part of Azure's own list.
 */
export function providerOperations({ call, world, rest }: AuthorizationCall): Answer {
  const [, wanted, ...more] = rest;
  if (call.method !== 'GET' || more.length > 0) throw notEmulated(call);
  const expand = call.query.get('$expand')?.toLowerCase();
  if (expand !== undefined && expand !== 'resourcetypes') throw notEmulated(call);
  const byProvider = Map.groupBy(operations(world.state), ({ name }) => name.split('/')[0] ?? '');
  const rows = [...byProvider].map(([provider, found]) => providerRow(provider, found, expand !== undefined));
  if (wanted === undefined) return { status: 200, body: { value: rows } };
  const one = rows.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (one === undefined) throw resourceNotFound(call.path);
  return { status: 200, body: one };
}

function operations({ azureRoles }: State): Operation[] {
  const found = new Map<string, Operation>();
  const add = (names: string[], isDataAction: boolean) => {
    for (const name of names) {
      if (name.includes('/') && !name.includes('*') && !found.has(name.toLowerCase())) {
        found.set(name.toLowerCase(), { name, isDataAction });
      }
    }
  };
  for (const { permissions } of azureRoles) {
    for (const one of permissions as AzureRole['permissions']) {
      add([...one.actions, ...one.notActions], false);
      add([...one.dataActions, ...one.notDataActions], true);
    }
  }
  return [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function providerRow(provider: string, found: Operation[], expanded: boolean) {
  const byType = Map.groupBy(found, ({ name }) => name.split('/').slice(1, verbAt(name)).join('/'));
  const types = [...byType].map(([name, operations]) => ({
    name,
    displayName: name,
    operations: operations.map((one) => operationRow(one, provider)),
  }));
  return {
    id: `/providers/${TYPE}/${provider}`,
    name: provider,
    type: TYPE,
    displayName: provider,
    resourceTypes: expanded ? types.filter(({ name }) => name !== '') : [],
    operations: expanded ? types.filter(({ name }) => name === '').flatMap((one) => one.operations) : [],
  };
}

/** Where the verb begins: `…/restart/action` has one of two segments, `…/read` of one. */
function verbAt(name: string): number {
  const parts = name.split('/');
  return parts.length - (parts.at(-1)?.toLowerCase() === 'action' ? 2 : 1);
}

function operationRow({ name, isDataAction }: Operation, origin: string) {
  const verb = VERBS[name.split('/').at(-1)?.toLowerCase() ?? ''] ?? 'Do';
  return {
    name,
    displayName: `${verb} ${name.split('/').slice(1, verbAt(name)).join(' ')}`.trim(),
    description: name,
    origin: 'user,system',
    properties: { provider: origin },
    isDataAction,
  };
}
