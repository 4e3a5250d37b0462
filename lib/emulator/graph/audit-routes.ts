import type { AuditEvent } from '#lib/emulator/graph-state.ts';
import { auditReach } from '#lib/emulator/pim/audit.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import type { State } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { at, type Exchange, type Route, type Row } from './exchange.ts';
import { collection, entity, filterOf } from './odata/collection.ts';
import { pathsOf } from './odata/matches.ts';
import { holdsAny, requirePermission } from './permissions.ts';
import { badRequest, denied, resourceMissing } from './refusal.ts';
import { moment } from './times.ts';

const path = '/auditLogs/directoryAudits';
const set = { context: 'auditLogs/directoryAudits', pages: { usual: 1000, largest: 1000, isCap: false } };
/** What $filter may name. Source: the reference page of directoryAudit. */
const filterable = [
  'activityDateTime',
  'activityDisplayName',
  'category',
  'correlationId',
  'id',
  'loggedByService',
  'operationType',
  'result',
  'initiatedBy/app/appId',
  'initiatedBy/app/displayName',
  'initiatedBy/user/displayName',
  'initiatedBy/user/id',
  'initiatedBy/user/userPrincipalName',
  'targetResources',
];
const { globalAdministrator, globalReader, reportsReader } = knownRoles;
const { securityAdministrator, securityOperator, securityReader } = knownRoles;

/** The directory's audit log: 30 days back, newest first. */
export const auditRoutes: Route[] = [
  {
    method: 'GET',
    path,
    answer: (exchange) => {
      gate(exchange);
      const filter = filterOf(exchange);
      const strange = filter && pathsOf(filter).find((one) => !filterable.includes(one));
      if (strange) throw badRequest(`Filter on '${strange}' is not supported.`);
      const order = exchange.call.query.get('$orderby');
      if (order !== null && !/^\s*activityDateTime(\s+(asc|desc))?\s*$/i.test(order)) {
        throw badRequest(`Unsupported sort expression '${order}'.`);
      }
      return withTip(exchange, collection(exchange, rows(exchange), set));
    },
  },
  {
    method: 'GET',
    path: `${path}/{id}`,
    answer: (exchange) => {
      gate(exchange);
      const row = rows(exchange).find(({ id }) => id === at(exchange, 'id'));
      if (!row) throw resourceMissing(at(exchange, 'id'));
      return entity(exchange, row, set);
    },
  },
];

/** Graph's own advice, in answers to calls that select nothing. */
function withTip({ call }: Exchange, answer: Answer): Answer {
  if (call.query.has('$select')) return answer;
  const tip =
    'Use $select to choose only the properties your app needs, as this can lead to performance improvements. For example: GET auditLogs/directoryAudits?$select=activityDateTime,activityDisplayName';
  const { '@odata.context': context, ...rest } = Object(answer.body);
  return { ...answer, body: { '@odata.context': context, '@microsoft.graph.tips': tip, ...rest } };
}

/** Whether the caller may read audit and sign-in logs: people need a reader's role besides. */
export function readsLogs(exchange: Exchange): boolean {
  const enough = [
    globalAdministrator,
    globalReader,
    reportsReader,
    securityAdministrator,
    securityOperator,
    securityReader,
  ];
  return exchange.caller.kind === 'app' || holdsAny(exchange, enough);
}

function gate(exchange: Exchange): void {
  requirePermission(exchange, ['AuditLog.Read.All']);
  if (!readsLogs(exchange)) throw denied();
}

function rows({ world }: Exchange): Row[] {
  const { state } = world;
  const oldest = world.now() - auditReach;
  return state.graph.audits
    .filter((event) => event.at > oldest)
    .toSorted((one, other) => other.at - one.at)
    .map((event) => auditRow(state, event));
}

/** One event as Graph prints it; exports of the log carry the same. */
export function auditRow(state: State, event: AuditEvent): Row {
  return {
    id: event.id,
    category: event.category,
    correlationId: event.correlationId,
    result: event.result,
    resultReason: event.reason,
    activityDisplayName: event.activity,
    activityDateTime: moment(event.at),
    loggedByService: event.service,
    operationType: event.operationType,
    initiatedBy: initiatedBy(state, event.initiatedBy),
    targetResources: event.targets.map(({ id, displayName, type, userPrincipalName, modified }) => ({
      id,
      displayName,
      type,
      userPrincipalName,
      groupType: type === 'Group' ? 'azureAD' : null,
      modifiedProperties: modified,
    })),
    additionalDetails: event.details,
  };
}

function initiatedBy(state: State, actor: AuditEvent['initiatedBy']): Row {
  if (!('userId' in actor)) {
    const { appName: displayName, appId, servicePrincipalId } = actor;
    return { user: null, app: { appId, displayName, servicePrincipalId, servicePrincipalName: null } };
  }
  const user = state.users.find(({ id }) => id === actor.userId);
  return {
    app: null,
    user: {
      id: actor.userId,
      displayName: user?.displayName ?? null,
      userPrincipalName: user?.userPrincipalName ?? null,
      ipAddress: '127.0.0.1',
      userType: user?.userType ?? null,
      homeTenantId: state.tenantId,
      homeTenantName: state.displayName,
    },
  };
}
