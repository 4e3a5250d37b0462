import { findById } from '#lib/emulator/by-id.ts';
import { isRunning } from '#lib/emulator/pim/holdings.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import { azureSchedulesAt } from '#lib/emulator/pim/schedule-index.ts';
import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { assignableAt } from './assignable-roles.ts';
import { assignmentRow } from './assignment-row.ts';
import { classicRows } from './classic-administrators.ts';
import { notEmulated } from './refusals.ts';
import { fields, text } from './request-body.ts';
import { type Columns, readGraphQuery } from './resource-graph-query.ts';
import { fullResource } from './resource-row.ts';
import { definitionRow } from './role-definition-row.ts';
import { ancestorsOf, canonicalScope, covers, everyScope } from './scopes.ts';

const READ = 'Microsoft.Authorization/roleAssignments/read';
const MOST = 1000;

/** Of `authorizationresources`, whose rows cannot be read before one knows which are meant. */
const TYPES = new Map([
  ['microsoft.authorization/roleassignments', assignments],
  ['microsoft.authorization/roledefinitions', definitions],
  ['microsoft.authorization/classicadministrators', classics],
]);

interface Row {
  id: string;
  name: string;
  scope: string;
  properties: object;
}

/**
 * `POST /providers/Microsoft.ResourceGraph/resources`: what the caller may read of the table `resources`, or of one type of
 * `authorizationresources`; no eligibilities, schedules or deny assignments are in it (contract A6). Other queries are not
 * emulated.
 */
export function resourceGraph(call: Call, world: World, caller: Caller): Answer {
  const body = fields(call.body);
  const query = readGraphQuery(text(body.query) ?? '');
  const isResources = query?.table === 'resources';
  const read = query?.table === 'authorizationresources' ? TYPES.get(query.type ?? '') : undefined;
  if (call.method !== 'POST' || query === null || !(isResources || read)) throw notEmulated(call);
  const options = fields(body.options);
  const reach = text(options.authorizationScopeFilter) ?? 'AtScopeAndBelow';
  const scopes = scopesAsked(world, caller, body, reach, read ? () => READ : typeRead(world));
  const type = query.type ?? '';
  const table = read
    ? read(world, scopes).map((row) => columnsOf(world, type, row))
    : resourceColumns(world, scopes);
  const rows = query.run(table);
  const top = wholeNumber(options.$top, MOST);
  const skip = wholeNumber(decoded(text(options.$skipToken)), 0);
  const data = rows.slice(skip, skip + Math.min(top, MOST));
  const end = skip + data.length;
  return {
    status: 200,
    body: {
      totalRecords: rows.length,
      count: data.length,
      data,
      facets: [],
      resultTruncated: 'false',
      ...(end < rows.length ? { $skipToken: Buffer.from(String(end)).toString('base64') } : {}),
    },
  };
}

/** The scopes a query reaches: those named, what is below, above or both, as far as the caller may read there. */
function scopesAsked(
  world: World,
  caller: Caller,
  body: Record<string, unknown>,
  reach: string,
  actionOn: (scope: string) => string | null,
): string[] {
  const { state } = world;
  const named = [
    ...texts(body.subscriptions).map((id) => `/subscriptions/${id}`),
    ...texts(body.managementGroups).map((name) => `/providers/Microsoft.Management/managementGroups/${name}`),
  ].flatMap((written) => canonicalScope(state, written) ?? []);
  const roots = named.length > 0 ? named : ['/'];
  const below = /AtScopeAndBelow|AboveAndBelow/i.test(reach);
  const above = /Above/i.test(reach);
  const reached = everyScope(state).filter((scope) =>
    roots.some(
      (root) =>
        root === scope ||
        (below && covers(state, root, scope)) ||
        (above && ancestorsOf(state, root).includes(scope)),
    ),
  );
  return reached.filter((scope) => {
    const action = actionOn(scope);
    return action !== null && mayOnArm(world, caller.objectId, action, scope);
  });
}

/** To read a resource wants the right of its type; what is none is in no row. */
function typeRead({ state }: World): (scope: string) => string | null {
  return (scope) => {
    const resource = findById(state.resources, scope);
    return resource ? `${resource.type}/read` : null;
  };
}

function assignments({ state, now }: World, scopes: string[]): Row[] {
  return azureSchedulesAt(state, scopes)
    .filter((one) => one.plane === 'azure' && one.kind === 'active' && isRunning(one, now()))
    .map((one) => ({ ...assignmentRow(state, one), scope: one.scope }));
}

function definitions({ state }: World, scopes: string[]): Row[] {
  const roles = new Set(scopes.flatMap((scope) => assignableAt(state, scope)));
  return [...roles].map((role) => ({ ...definitionRow(role, '/'), scope: '/' }));
}

function classics({ state }: World, scopes: string[]): Row[] {
  return classicRows(state).filter(({ scope }) => scopes.includes(scope));
}

function columnsOf({ state }: World, type: string, { id, name, scope, properties }: Row): Columns {
  const subscriptionId = /^\/subscriptions\/([^/]+)/.exec(scope)?.[1] ?? '';
  return { id: id.toLowerCase(), name, type, tenantId: state.tenantId, subscriptionId, properties };
}

function resourceColumns({ state }: World, scopes: string[]): Columns[] {
  return state.resources
    .filter(({ id }) => scopes.includes(id))
    .map((resource) => {
      const { properties, tags, identity = null }: Columns = fullResource(state, resource);
      const [, , subscriptionId, , resourceGroup] = resource.id.split('/');
      return {
        id: resource.id,
        name: resource.name,
        type: resource.type.toLowerCase(),
        tenantId: state.tenantId,
        kind: '',
        location: resource.location,
        resourceGroup: resourceGroup?.toLowerCase() ?? '',
        subscriptionId,
        managedBy: '',
        sku: null,
        plan: null,
        properties,
        tags,
        identity,
        zones: null,
        extendedLocation: null,
      };
    });
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((one) => text(one) ?? []) : [];
}

function decoded(token: string | null): number | null {
  return token === null ? null : Number(Buffer.from(token, 'base64').toString());
}

function wholeNumber(value: unknown, otherwise: number): number {
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new PimRefusal(
    400,
    'BadRequest',
    'Please provide below info when asking for support: InvalidOptions.',
  );
}
