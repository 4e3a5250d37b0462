/** Who is there: people, groups, service principals, managed identities, agents. */
import type { DirectoryObject, Group, ServicePrincipal, User } from '@microsoft/microsoft-graph-types';
import { AzureFault } from '#lib/azure/faults.ts';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import { type Harvest, harvest, type Part, type PrincipalSeen } from '#lib/domain/inventory.ts';
import type { Responsibility } from '#lib/domain/principal.ts';
import { credentialsOf } from './credentials.ts';
import { membersOf } from './members-of.ts';

const userFields =
  'id,displayName,userPrincipalName,mail,userType,accountEnabled,jobTitle,department,createdDateTime';
const withManager = '$expand=manager($select=id)';

/** Graph gives at most 120 a page with sign-in activity, 999 without. `place`: one person, or all. */
export async function readUsers(graph: GraphCalls, place: string, cursor: string | null): Promise<Harvest> {
  const query = (fields: string) => `$select=${fields}&${withManager}`;
  const path = '/v1.0/users';
  try {
    return await users(
      await rowsOf<User>(
        graph,
        place,
        { path, query: query(`${userFields},signInActivity`), top: 120 },
        cursor,
      ),
    );
  } catch (fault) {
    // Sign-in activity wants a P1 licence: without it there are still people.
    if (cursor || !(fault instanceof AzureFault) || fault.kind !== 'unlicensed') throw fault;
    return users(await rowsOf<User>(graph, place, { path, query: query(userFields), top: 999 }, null));
  }
}

interface Collection {
  path: string;
  query: string;
  top: number;
}

/** A page of a collection, or the one entity that a place names. */
async function rowsOf<T>(
  graph: GraphCalls,
  place: string,
  { path, query, top }: Collection,
  cursor: string | null,
): Promise<{ rows: T[]; next: string | null }> {
  if (place === '/') return graph.page<T>(cursor ?? `${path}?${query}&$top=${top}`);
  return { rows: [await graph.get<T>(`${path}/${place}?${query}`)], next: null };
}

/**
 * Who answers for guests, beside their managers: of a user Graph expands one relation at a time. `place`: one of them, or
 * all. Source: Graph, List sponsors.
 */
export async function readGuestSponsors(
  graph: GraphCalls,
  place: string,
  cursor: string | null,
): Promise<Harvest> {
  const who = place === '/' ? "$filter=userType eq 'Guest'&" : '';
  const { rows, next } = await rowsOf<WithSponsors>(
    graph,
    place,
    { path: '/v1.0/users', query: `${who}$select=id&$expand=sponsors($select=id)`, top: 999 },
    cursor,
  );
  return harvest({ ...(await sponsorsOf(graph, '/v1.0/users', rows)), next });
}

function users({ rows, next }: { rows: User[]; next: string | null }): Harvest {
  return harvest({
    principals: rows.map((user) =>
      principal(user, {
        kind: user.userType === 'Guest' ? 'guest' : 'member',
        name: user.displayName ?? user.userPrincipalName ?? '',
        upn: user.userPrincipalName ?? null,
        mail: user.mail ?? null,
        enabled: user.accountEnabled ?? null,
        jobTitle: user.jobTitle ?? null,
        department: user.department ?? null,
        createdAt: momentOf(user.createdDateTime),
        lastSignInAt: lastOf(user.signInActivity),
      }),
    ),
    responsibles: rows.flatMap((user) => responsible(user, user.manager ? [user.manager] : [], 'manager')),
    next,
  });
}

/** `place`: one group, or all. */
export async function readGroups(graph: GraphCalls, place: string, cursor: string | null): Promise<Harvest> {
  const fields = 'id,displayName,isAssignableToRole,isManagementRestricted,createdDateTime';
  const { rows, next } = await rowsOf<Group & { isManagementRestricted?: boolean | null }>(
    graph,
    place,
    { path: '/v1.0/groups', query: `$select=${fields}&$expand=owners($select=id)`, top: 999 },
    cursor,
  );
  return harvest({
    principals: rows.map((group) =>
      principal(group, {
        kind: 'group',
        name: group.displayName ?? '',
        createdAt: momentOf(group.createdDateTime),
        isRoleAssignable: group.isAssignableToRole === true,
        isRestricted: group.isManagementRestricted === true,
      }),
    ),
    responsibles: await ownersOf(graph, '/v1.0/groups', rows),
    // Who is in them is known before they are given anything.
    parts: rows.filter((group) => group.isAssignableToRole === true).flatMap(({ id }) => membersOf(id)),
    next,
  });
}

/**
 * Agents come with this list too, without their sponsors: their own list has those. `own`: client ids of Stint's
 * registrations, whose roles people hold. When they sign in is told apart, by client id: it is asked for when all are known.
 * `place`: one of them, or all.
 */
export async function readServicePrincipals(
  graph: GraphCalls,
  place: string,
  cursor: string | null,
  own: ReadonlySet<string>,
): Promise<Harvest> {
  const fields =
    'id,displayName,appId,servicePrincipalType,accountEnabled,appOwnerOrganizationId,alternativeNames,createdDateTime,appRoles,passwordCredentials,keyCredentials';
  const { rows, next } = await rowsOf<ServicePrincipal & { createdDateTime?: string }>(
    graph,
    place,
    { path: '/v1.0/servicePrincipals', query: `$select=${fields}&$expand=owners($select=id)`, top: 999 },
    cursor,
  );
  return harvest({
    principals: rows.map((one) =>
      principal(one, {
        kind: kindOf(one),
        name: one.displayName ?? one.appId ?? '',
        enabled: one.accountEnabled ?? null,
        appId: one.appId?.toLowerCase() ?? null,
        homeTenantId: one.appOwnerOrganizationId ?? null,
        resourceId: resourceOf(one.alternativeNames ?? []),
        createdAt: momentOf(one.createdDateTime),
      }),
    ),
    responsibles: await ownersOf(graph, '/v1.0/servicePrincipals', rows),
    outside: rows.flatMap((one) => credentialsOf(one, 'service principal', one.id ?? null)),
    parts: [
      ...rows.filter((one) => givesRoles(one, own)).map(holdersOf),
      ...(next || place !== '/' ? [] : [{ list: 'workload_sign_ins', place: '/' } as const]),
    ],
    next,
  });
}

/** Of what `$expand` brings along Graph gives no more, and no word of the rest. */
const mostExpanded = 20;

/** Somebody or something that answers for another; Graph names its kind. */
type Answering = DirectoryObject & { '@odata.type'?: string };
interface WithOwners {
  id?: string;
  owners?: Answering[] | null;
}
interface WithSponsors {
  id?: string;
  sponsors?: Answering[] | null;
}

/** Owners of a page of groups or service principals. */
async function ownersOf(graph: GraphCalls, path: string, rows: readonly WithOwners[]) {
  const all: ReturnType<typeof responsible> = [];
  for (const one of rows)
    all.push(...responsible(one, await allOf(graph, `${path}/${one.id}/owners`, one.owners), 'owner'));
  return all;
}

/** Sponsors of a page of guests or agents; where one is a group, who is in it is read. */
async function sponsorsOf(graph: GraphCalls, path: string, rows: readonly WithSponsors[]) {
  const responsibles: ReturnType<typeof responsible> = [];
  const parts: Part[] = [];
  for (const one of rows) {
    const sponsors = await allOf(graph, `${path}/${one.id}/sponsors`, one.sponsors);
    responsibles.push(...responsible(one, sponsors, 'sponsor'));
    const groups = sponsors.filter((sponsor) => sponsor['@odata.type'] === '#microsoft.graph.group');
    parts.push(...groups.flatMap(({ id }) => membersOf(id)));
  }
  return { responsibles, parts };
}

/** What was expanded; when that is as many as Graph expands, all there are. */
async function allOf(graph: GraphCalls, path: string, some: Answering[] | null | undefined) {
  const expanded = some ?? [];
  const isCut = expanded.length >= mostExpanded;
  return isCut ? await graph.list<Answering>(`${path}?$select=id&$top=999`) : expanded;
}

/** Roles that only people can hold are another application's own matter, but for Stint's. */
function givesRoles({ appId, appRoles = [] }: ServicePrincipal, own: ReadonlySet<string>): boolean {
  if (own.has(appId?.toLowerCase() ?? '')) return appRoles.length > 0;
  return appRoles.some(({ allowedMemberTypes = [] }) => allowedMemberTypes.includes('Application'));
}

function holdersOf({ id = '' }: ServicePrincipal): Part {
  return { list: 'app_role_holders', place: id.toLowerCase() };
}

/** Sponsors of agents, and who of them to ask for what they inherit. Beta only: where Graph has no such list, there are no agents. */
export async function readAgents(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const first =
    '/beta/servicePrincipals/microsoft.graph.agentIdentity?$select=id&$top=100&$expand=sponsors($select=id)';
  try {
    const { rows, next } = await graph.page<WithSponsors>(cursor ?? first);
    const { responsibles, parts } = await sponsorsOf(graph, '/beta/servicePrincipals', rows);
    const permissions = rows.flatMap(({ id }): Part[] =>
      id ? [{ list: 'agent_permissions', place: id }] : [],
    );
    return harvest({ responsibles, parts: [...parts, ...permissions], next });
  } catch (fault) {
    if (fault instanceof AzureFault && fault.kind === 'not_found') return harvest({});
    throw fault;
  }
}

function principal(
  { id }: { id?: string },
  facts: Partial<PrincipalSeen> & Pick<PrincipalSeen, 'kind' | 'name'>,
): PrincipalSeen {
  return {
    id: id ?? '',
    upn: null,
    mail: null,
    enabled: null,
    appId: null,
    homeTenantId: null,
    resourceId: null,
    jobTitle: null,
    department: null,
    createdAt: null,
    lastSignInAt: null,
    isRoleAssignable: null,
    isRestricted: null,
    ...facts,
  };
}

function responsible({ id: principalId = '' }: { id?: string }, by: DirectoryObject[], as: Responsibility) {
  return by.flatMap(({ id }) => (id ? [{ principalId, responsibleId: id, as }] : []));
}

function kindOf({ servicePrincipalType }: ServicePrincipal): PrincipalSeen['kind'] {
  if (servicePrincipalType === 'ManagedIdentity') return 'managed_identity';
  return servicePrincipalType === 'ServiceIdentity' ? 'agent' : 'service_principal';
}

/** A managed identity names its resource among its alternative names, beside `isExplicit=…` (addendum A3). */
function resourceOf(names: readonly string[]): string | null {
  return names.find((name) => name.startsWith('/subscriptions/')) ?? null;
}

/** The latest of the kinds of sign-in; Graph writes the year 1 for never. */
function lastOf(activity: User['signInActivity']): Date | null {
  const { lastSignInDateTime, lastNonInteractiveSignInDateTime } = activity ?? {};
  const known = [lastSignInDateTime, lastNonInteractiveSignInDateTime].flatMap((at) => momentOf(at) ?? []);
  const latest = Math.max(...known.map((at) => at.getTime()));
  return latest > 0 ? new Date(latest) : null;
}
