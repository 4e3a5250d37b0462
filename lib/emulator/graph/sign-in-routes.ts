import { auditReach } from '#lib/emulator/pim/audit.ts';
import { stableGuid } from '#lib/emulator/tenant/permission-ids.ts';
import { readsLogs } from './audit-routes.ts';
import { at, type Exchange, type Route, type Row } from './exchange.ts';
import { collection, entity } from './odata/collection.ts';
import { requirePermission } from './permissions.ts';
import { denied, resourceMissing } from './refusal.ts';
import { moment } from './times.ts';

const path = '/auditLogs/signIns';
const set = { context: path.slice(1), pages: { usual: 1000, largest: 1000 } };

/** Whoever has a desk there signs in from it. */
const office = {
  city: 'Rotterdam',
  state: 'Zuid-Holland',
  countryOrRegion: 'NL',
  geoCoordinates: { altitude: null, latitude: 51.9225, longitude: 4.47917 },
};
const nowhere = {
  city: '',
  state: '',
  countryOrRegion: '',
  geoCoordinates: { altitude: null, latitude: null, longitude: null },
};

/** The sign-in log, 30 days back: of each person the last interactive sign-in alone. */
export const signInRoutes: Route[] = [
  { method: 'GET', path, answer: (exchange) => collection(exchange, rows(exchange), set) },
  {
    method: 'GET',
    path: `${path}/{id}`,
    answer: (exchange) => {
      const row = rows(exchange).find(({ id }) => id === at(exchange, 'id'));
      if (!row) throw resourceMissing(at(exchange, 'id'));
      return entity(exchange, row, set);
    },
  },
];

function rows(exchange: Exchange): Row[] {
  requirePermission(exchange, ['AuditLog.Read.All']);
  if (!readsLogs(exchange)) throw denied();
  const { state } = exchange.world;
  const oldest = exchange.world.now() - auditReach;
  return Object.entries(state.graph.signInActivity)
    .map(([userId, { interactiveAt, interactiveRequestId }]) => ({
      userId,
      at: interactiveAt ?? 0,
      id: interactiveRequestId,
    }))
    .filter((one) => one.at > oldest)
    .toSorted((one, other) => other.at - one.at)
    .map(({ userId, at: when, id }) => {
      const user = state.users.find((one) => one.id === userId);
      return {
        id: id ?? stableGuid(`sign-in ${userId} ${when}`),
        createdDateTime: moment(when),
        userDisplayName: user?.displayName ?? null,
        userPrincipalName: user?.userPrincipalName ?? null,
        userId,
        appId: state.registrations[0]?.appId ?? null,
        appDisplayName: state.registrations[0]?.displayName ?? null,
        ipAddress: '127.0.0.1',
        clientAppUsed: 'Browser',
        correlationId: stableGuid(`correlation ${userId} ${when}`),
        conditionalAccessStatus: 'notApplied',
        isInteractive: true,
        riskDetail: 'none',
        riskLevelAggregated: 'none',
        riskLevelDuringSignIn: 'none',
        riskState: 'none',
        riskEventTypes: [],
        riskEventTypes_v2: [],
        resourceDisplayName: 'Microsoft Graph',
        resourceId: '00000003-0000-0000-c000-000000000000',
        status: { errorCode: 0, failureReason: null, additionalDetails: null },
        deviceDetail: {
          deviceId: '',
          displayName: null,
          operatingSystem: '',
          browser: '',
          isCompliant: null,
          isManaged: null,
          trustType: null,
        },
        location: user?.officeLocation === office.city ? office : nowhere,
        appliedConditionalAccessPolicies: [],
      };
    });
}
