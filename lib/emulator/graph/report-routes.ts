import type { Credential, WorkloadActivity } from '#lib/emulator/graph-state.ts';
import type { State } from '#lib/emulator/state.ts';
import { readsLogs } from './audit-routes.ts';
import { at, type Exchange, type Route, type Row } from './exchange.ts';
import { collection, entity } from './odata/collection.ts';
import { requirePermission } from './permissions.ts';
import { denied, resourceMissing } from './refusal.ts';
import { moment } from './times.ts';

const graphAppId = '00000003-0000-0000-c000-000000000000';

/** When applications and their credentials were last used: beta only, by application id. */
export const reportRoutes: Route[] = [
  ...routesOf('servicePrincipalSignInActivities', ({ graph }) => graph.workloadActivity.map(activityRow)),
  ...routesOf('appCredentialSignInActivities', credentialRows),
];

function routesOf(name: string, rows: (state: State) => Row[]): Route[] {
  const path = `/reports/${name}`;
  const set = { context: path.slice(1) };
  const read = (exchange: Exchange) => {
    gate(exchange);
    return rows(exchange.world.state);
  };
  return [
    { method: 'GET', path, version: 'beta', answer: (exchange) => collection(exchange, read(exchange), set) },
    {
      method: 'GET',
      path: `${path}/{id}`,
      version: 'beta',
      answer: (exchange) => {
        const row = read(exchange).find(({ id }) => id === at(exchange, 'id'));
        if (!row) throw resourceMissing(at(exchange, 'id'));
        return entity(exchange, row, set);
      },
    },
  ];
}

function gate(exchange: Exchange): void {
  requirePermission(exchange, ['AuditLog.Read.All', 'Directory.Read.All']);
  if (!readsLogs(exchange)) throw denied();
}

function activityRow(one: WorkloadActivity): Row {
  const moments = [
    one.delegatedClientAt,
    one.delegatedResourceAt,
    one.appOnlyClientAt,
    one.appOnlyResourceAt,
  ];
  const last = Math.max(...moments.map((at) => at ?? 0));
  return {
    id: base64(one.appId),
    appId: one.appId,
    applicationAuthenticationClientSignInActivity: used(one.appId, one.appOnlyClientAt),
    applicationAuthenticationResourceSignInActivity: used(one.appId, one.appOnlyResourceAt),
    delegatedClientSignInActivity: used(one.appId, one.delegatedClientAt),
    delegatedResourceSignInActivity: used(one.appId, one.delegatedResourceAt),
    lastSignInActivity: used(one.appId, last || null),
  };
}

/** Credentials that were used, of the application object and of the service principal. */
function credentialRows({ graph, servicePrincipals }: State): Row[] {
  return graph.workloadActivity.flatMap((activity) => {
    const { appId } = activity;
    const application = graph.applications.find((one) => one.appId === appId);
    const principal = servicePrincipals.find((one) => one.appId === appId);
    const facts = graph.workloads.find((one) => one.servicePrincipalId === principal?.id);
    const resource = servicePrincipals.find((one) => one.appId === graphAppId);
    const row = (origin: 'application' | 'servicePrincipal') => (credential: Credential) => ({
      id: base64(`${credential.keyId}|${origin}`),
      appId,
      appObjectId: application?.id ?? null,
      credentialOrigin: origin,
      expirationDate: moment(credential.endAt),
      keyId: credential.keyId,
      keyType: credential.kind === 'key' ? 'certificate' : 'clientSecret',
      keyUsage: credential.kind === 'key' ? 'verify' : 'sign',
      resourceId: resource?.id ?? null,
      servicePrincipalObjectId: principal?.id ?? null,
      signInActivity: used(credential.keyId, activity.credentials[credential.keyId] ?? null),
    });
    const isUsed = ({ keyId }: Credential) => activity.credentials[keyId] !== undefined;
    return [
      ...(application?.credentials ?? []).filter(isUsed).map(row('application')),
      ...(facts?.credentials ?? []).filter(isUsed).map(row('servicePrincipal')),
    ];
  });
}

/** The last use in one role; never is told by nulls. */
function used(id: string, at: number | null): Row {
  return { lastSignInDateTime: moment(at), lastSignInRequestId: at === null ? null : id };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
