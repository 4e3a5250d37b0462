import type {
  PrivilegedAccessGroupAssignmentScheduleInstance,
  UnifiedRoleAssignmentScheduleInstance,
} from '@microsoft/microsoft-graph-types';
import { plainScope } from '#lib/azure/arm/scope.ts';
import { activeOf } from '#lib/azure/arm/translate.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { entraDialect } from '#lib/azure/graph/entra.ts';
import { groupDialect } from '#lib/azure/graph/group.ts';
import { nameOf } from '#lib/azure/graph/translate.ts';
import type { ActivationSeen, TenantReading } from '#lib/azure/ports.ts';
import { holdingKey } from '#lib/domain/difference.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { ReaderCalls } from './calls.ts';

const unmetGroups = 'groups Stint has not met';
/** Places read together; PIM's quotas are per tenant. */
const atOnce = 4;

/**
 * Every activation of a plane, place by place: the directory in one call, each group, each subscription and
 * management group the Reader sees. A place that fails is a gap. @throws AzureFault when there is no list of places.
 */
export async function readEverywhere(
  calls: ReaderCalls,
  plane: Plane,
  knownGroups: readonly string[],
): Promise<TenantReading> {
  if (plane === 'entra') return readPlaces(['/'], [], () => entraRows(calls));
  if (plane === 'azure') {
    const { places, gaps } = await scopesOf(calls);
    return readPlaces(places, gaps, (scope) => azureRows(calls, scope));
  }
  const { found, gaps } = await groupsFound(calls);
  if (found.length === 0 && gaps.length === 0 && knownGroups.length > 0) {
    gaps.push({ place: unmetGroups, why: 'Entra named no group, and Stint knows some' });
  }
  const groups = [...new Set([...knownGroups, ...found].map((id) => id.toLowerCase()))];
  return readPlaces(groups, gaps, (groupId) => groupRows(calls, groupId));
}

async function readPlaces(
  places: string[],
  gaps: TenantReading['gaps'],
  read: (place: string) => Promise<ActivationSeen[]>,
): Promise<TenantReading> {
  const reading: TenantReading = { held: [], places: [], gaps: [...gaps] };
  const seen = new Set<string>();
  const one = async (place: string) => {
    try {
      const rows = await read(place);
      reading.places.push(place.toLowerCase());
      // What is held above a place is listed in every place below it.
      for (const row of rows.filter(({ kind }) => kind === 'activated')) {
        const key = holdingKey(row.principalId, row);
        if (!seen.has(key)) reading.held.push(row);
        seen.add(key);
      }
    } catch (fault) {
      if (!(fault instanceof AzureFault) || fault.kind === 'token_refused') throw fault;
      // A group or subscription that is gone holds nothing.
      if (fault.kind === 'not_found') reading.places.push(place.toLowerCase());
      else reading.gaps.push({ place, why: whyOf(fault) });
    }
  };
  for (let at = 0; at < places.length; at += atOnce) {
    await Promise.all(places.slice(at, at + atOnce).map(one));
  }
  return reading;
}

async function entraRows(calls: ReaderCalls): Promise<ActivationSeen[]> {
  const rows = await (await calls.graph()).list<UnifiedRoleAssignmentScheduleInstance>(
    `${entraDialect.activePath}?$filter=assignmentType eq 'Activated'&${entraDialect.expand}`,
  );
  return rows.map((row) => ({ ...entraDialect.active(row), ...whose(row) }));
}

async function groupRows(calls: ReaderCalls, groupId: string): Promise<ActivationSeen[]> {
  const graph = await calls.graph();
  const rows = await graph.list<PrivilegedAccessGroupAssignmentScheduleInstance>(
    `${groupDialect.activePath}?$filter=groupId eq '${groupId}'&${groupDialect.expand}`,
  );
  const seen = rows.map((row) => ({ ...groupDialect.active(row), ...whose(row) }));
  const nameless = seen.some(({ kind, scopeName }) => kind === 'activated' && !scopeName);
  const names = nameless ? await groupDialect.scopeNames(graph, [groupId]) : new Map<string, string>();
  return seen.map((row) => ({ ...row, scopeName: row.scopeName || (names.get(groupId) ?? groupId) }));
}

async function azureRows(calls: ReaderCalls, scope: string): Promise<ActivationSeen[]> {
  const rows = await (await calls.arm()).all((client) =>
    client.roleAssignmentScheduleInstances.listForScope(scope),
  );
  return rows.map((row) => ({
    ...activeOf(row),
    principalId: row.principalId ?? '',
    principalName: row.expandedProperties?.principal?.displayName ?? null,
    assignmentId: row.name ?? '',
  }));
}

function whose(row: UnifiedRoleAssignmentScheduleInstance | PrivilegedAccessGroupAssignmentScheduleInstance) {
  return {
    principalId: row.principalId ?? '',
    principalName: nameOf(row.principal) || null,
    assignmentId: row.id ?? '',
  };
}

/** A management group’s list leaves out what hangs below: subscriptions are read one by one. */
async function scopesOf(calls: ReaderCalls): Promise<{ places: string[]; gaps: TenantReading['gaps'] }> {
  const arm = await calls.arm();
  const subscriptions = await arm.rawAll<{ id?: string }>('/subscriptions?api-version=2022-12-01');
  const gaps: TenantReading['gaps'] = [];
  if (subscriptions.length === 0) gaps.push({ place: 'subscriptions', why: 'Azure named none' });
  let groups: { id?: string }[] = [];
  try {
    groups = await arm.rawAll('/providers/Microsoft.Management/managementGroups?api-version=2021-04-01');
  } catch (fault) {
    if (!(fault instanceof AzureFault) || fault.kind === 'token_refused') throw fault;
    gaps.push({ place: 'management groups', why: whyOf(fault) });
  }
  const places = [...groups, ...subscriptions].flatMap(({ id }) => (id ? [plainScope(id)] : []));
  return { places, gaps };
}

/** Groups that PIM manages, by a beta call that may be closed; its silence does not mean that there are none. */
async function groupsFound(calls: ReaderCalls): Promise<{ found: string[]; gaps: TenantReading['gaps'] }> {
  try {
    const rows = await (await calls.graph()).list<{ id?: string }>(
      '/beta/identityGovernance/privilegedAccess/group/resources',
    );
    return { found: rows.flatMap(({ id }) => id ?? []), gaps: [] };
  } catch (fault) {
    if (!(fault instanceof AzureFault) || fault.kind === 'token_refused') throw fault;
    return { found: [], gaps: [{ place: unmetGroups, why: whyOf(fault) }] };
  }
}

const whyOf = (fault: AzureFault) => fault.code || fault.kind;
