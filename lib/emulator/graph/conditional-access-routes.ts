import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { at, type Exchange, type Route, type Row } from './exchange.ts';
import { collection, entity } from './odata/collection.ts';
import { holdsAny, requirePermission } from './permissions.ts';
import { denied, resourceMissing } from './refusal.ts';
import { moment } from './times.ts';

const path = '/identity/conditionalAccess/policies';
const set = { context: path.slice(1) };
const readers = ['Policy.Read.ConditionalAccess', 'Policy.Read.All', 'Policy.ReadWrite.ConditionalAccess'];
const { globalAdministrator, globalReader, securityAdministrator, securityReader } = knownRoles;

/** Conditional Access policies, to read: whether a context has one behind it, and whom it leaves out. */
export const conditionalAccessRoutes: Route[] = [
  { method: 'GET', path, answer: (exchange) => collection(exchange, rows(exchange), set) },
  {
    method: 'GET',
    path: `${path}/{id}`,
    answer: (exchange) => {
      const wanted = at(exchange, 'id').toLowerCase();
      const row = rows(exchange).find(({ id }) => id === wanted);
      if (!row) throw resourceMissing(wanted);
      return entity(exchange, row, set);
    },
  },
];

function rows(exchange: Exchange): Row[] {
  requirePermission(exchange, readers);
  const enough = [globalAdministrator, globalReader, securityAdministrator, securityReader];
  if (exchange.caller.kind === 'user' && !holdsAny(exchange, enough)) throw denied();
  return (exchange.world.state.graph.conditionalAccessPolicies ?? []).map((policy) => ({
    id: policy.id,
    templateId: null,
    displayName: policy.displayName,
    createdDateTime: moment(policy.createdAt),
    modifiedDateTime: null,
    state: policy.state,
    conditions: {
      clientAppTypes: ['all'],
      applications: {
        includeApplications: policy.authenticationContexts.length > 0 ? [] : ['All'],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: policy.authenticationContexts,
        applicationFilter: null,
      },
      users: {
        includeUsers: policy.includeUsers,
        excludeUsers: policy.excludeUsers,
        includeGroups: [],
        excludeGroups: [],
        includeRoles: policy.includeRoles,
        excludeRoles: [],
        includeGuestsOrExternalUsers: null,
        excludeGuestsOrExternalUsers: null,
      },
      clientApplications: null,
      devices: null,
      locations: null,
      platforms: null,
      servicePrincipalRiskLevels: [],
      signInRiskLevels: [],
      userRiskLevels: [],
    },
    grantControls: {
      operator: 'OR',
      builtInControls: policy.builtInControls,
      customAuthenticationFactors: [],
      termsOfUse: [],
      authenticationStrength: null,
    },
    sessionControls: null,
  }));
}
