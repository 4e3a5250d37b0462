import { people, roles } from '#lib/azure/fake/tenant.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { Cast, Person } from './bench.ts';

function person({ id, name, upn }: (typeof people)['ada']): Person {
  return { id, name, login: upn ?? '' };
}

function at({ plane, roleId, scopeId }: RoleAtScope): RoleAtScope {
  return { plane, roleId, scopeId };
}

const platform: [Person, Person] = [person(people.bo), person(people.petra)];

/** The contract's cast in Contoso: the fake has a small copy of what the local tenant holds. */
export const contoso: Cast = {
  engineer: person(people.ada),
  approvers: { entra: [person(people.cy), person(people.samir)], azure: platform, group: platform },
  stranger: person(people.lou),
  plain: { entra: at(roles.userAdministrator), azure: at(roles.staging), group: at(roles.onCall) },
  approved: { entra: at(roles.applications), azure: at(roles.cluster), group: at(roles.breakFix) },
  bare: at(roles.securityReader),
  ticket: at(roles.helpdesk),
  mfa: at(roles.exchange),
  stepUp: at(roles.privilegedRole),
  approversOwn: { role: at(roles.production), person: person(people.bo) },
};
