import type { Answer } from '#lib/emulator/wire.ts';
import { accessReviews } from './access-reviews.ts';
import { approvals } from './approvals.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { classicAdministrators } from './classic-administrators.ts';
import { denyAssignments } from './deny-assignments.ts';
import { elevateAccess } from './elevate-access.ts';
import { eligibleChildren } from './eligible-children.ts';
import { locks } from './locks.ts';
import { permissions } from './permissions.ts';
import { policies, policyAssignments } from './policies.ts';
import { providerOperations } from './provider-operations.ts';
import { methodNotAllowed, notEmulated } from './refusals.ts';
import { requests } from './requests.ts';
import { roleAssignments } from './role-assignments.ts';
import { roleDefinitions } from './role-definitions.ts';
import { type Collection, schedules } from './schedules.ts';

const COLLECTIONS: Collection[] = [
  { name: 'roleEligibilityScheduleInstances', kind: 'eligible', instances: true },
  { name: 'roleEligibilitySchedules', kind: 'eligible', instances: false },
  { name: 'roleAssignmentScheduleInstances', kind: 'active', instances: true },
  { name: 'roleAssignmentSchedules', kind: 'active', instances: false },
];

const ROUTES: Record<string, (ask: AuthorizationCall) => Answer> = {
  roleassignmentschedulerequests: (ask) => requests(ask, 'assignment'),
  roleeligibilityschedulerequests: (ask) => requests(ask, 'eligibility'),
  roledefinitions: roleDefinitions,
  roleassignments: roleAssignments,
  permissions,
  rolemanagementpolicies: policies,
  rolemanagementpolicyassignments: policyAssignments,
  roleassignmentapprovals: approvals,
  eligiblechildresources: eligibleChildren,
  locks,
  denyassignments: denyAssignments,
  classicadministrators: classicAdministrators,
  elevateaccess: elevateAccess,
  provideroperations: providerOperations,
  accessreviewscheduledefinitions: accessReviews,
};

/** The methods each collection takes, on itself or on one of its rows. */
const METHODS: Record<string, string> = {
  roleassignmentschedulerequests: 'GET PUT POST',
  roleeligibilityschedulerequests: 'GET PUT POST',
  roledefinitions: 'GET PUT DELETE',
  roleassignments: 'GET PUT DELETE',
  permissions: 'GET',
  rolemanagementpolicies: 'GET PATCH DELETE',
  rolemanagementpolicyassignments: 'GET PUT DELETE',
  roleassignmentapprovals: 'GET PATCH PUT',
  eligiblechildresources: 'GET',
  locks: 'GET PUT DELETE',
  denyassignments: 'GET',
  classicadministrators: 'GET',
  elevateaccess: 'POST',
  provideroperations: 'GET',
  accessreviewscheduledefinitions: 'GET PATCH',
};

/** Everything under `{scope}/providers/Microsoft.Authorization`; segment names in any casing. */
export function authorization(ask: AuthorizationCall): Answer {
  const name = ask.rest[0]?.toLowerCase() ?? '';
  const methods =
    METHODS[name] ?? (COLLECTIONS.some((one) => one.name.toLowerCase() === name) ? 'GET' : null);
  if (methods !== null && !methods.split(' ').includes(ask.call.method)) throw methodNotAllowed(ask.call);
  const collection = COLLECTIONS.find((one) => one.name.toLowerCase() === name);
  if (collection !== undefined) return schedules(ask, collection);
  const route = ROUTES[name];
  if (route === undefined) throw notEmulated(ask.call);
  return route(ask);
}
