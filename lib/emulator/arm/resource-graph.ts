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
import { definitionRow } from './role-definition-row.ts';
import { ancestorsOf, canonicalScope, covers, everyScope } from './scopes.ts';

const READ = 'Microsoft.Authorization/roleAssignments/read';
const MOST = 1000;
const QUERY =
  /^\s*authorizationresources\s*\|\s*where\s+type\s*=~\s*['"]microsoft\.authorization\/(roleassignments|roledefinitions|classicadministrators)['"]\s*;?\s*$/i;

const TABLES: Record<string, (world: World, scopes: string[]) => Row[]> = {
  roleassignments: assignments,
  roledefinitions: definitions,
  classicadministrators: classics,
};

interface Row {
  id: string;
  name: string;
  scope: string;
  properties: object;
}

/**
 * `POST /providers/Microsoft.ResourceGraph/resources`: the table `authorizationresources`, of one type, that the caller may
 * read; no eligibilities, schedules or deny assignments are in it (contract A6). Other queries are not emulated.
 */
export function resourceGraph(call: Call, world: World, caller: Caller): Answer {
  const body = fields(call.body);
  const kind = QUERY.exec(text(body.query) ?? '')?.[1]?.toLowerCase();
  if (call.method !== 'POST' || kind === undefined) throw notEmulated(call);
  const options = fields(body.options);
  const scopes = scopesAsked(
    world,
    caller,
    body,
    text(options.authorizationScopeFilter) ?? 'AtScopeAndBelow',
  );
  const rows = TABLES[kind]?.(world, scopes) ?? [];
  const top = wholeNumber(options.$top, MOST);
  const skip = wholeNumber(decoded(text(options.$skipToken)), 0);
  const data = rows.slice(skip, skip + Math.min(top, MOST)).map(({ id, name, scope, properties }) => ({
    id: id.toLowerCase(),
    name,
    type: `microsoft.authorization/${kind}`,
    tenantId: world.state.tenantId,
    subscriptionId: /^\/subscriptions\/([^/]+)/.exec(scope)?.[1] ?? '',
    properties,
  }));
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
function scopesAsked(world: World, caller: Caller, body: Record<string, unknown>, reach: string): string[] {
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
  return reached.filter((scope) => mayOnArm(world, caller.objectId, READ, scope));
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
