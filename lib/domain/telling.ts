import { placeOf } from './difference.ts';
import type { InventoryList } from './inventory.ts';
import { lower, record, records, text } from './loose.ts';
import type { AuditRow } from './pim-event.ts';

/** A line of a log says that a list has changed at a place; the line by its id. */
export interface Telling {
  event: string;
  list: InventoryList;
  place: string;
  /** Only if the place is read at all: who is in a group by which nobody holds anything is not. */
  ifKnown: boolean;
  /** The principal is gone, and with it what it held and where it was a member. */
  isDeletion: boolean;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const scope = /^\/(subscriptions|providers\/microsoft\.management)\/[^\p{C}]+$/u;
/** Which list an object is in, and the lines of which category change it itself. */
const objects: Record<string, { list: InventoryList; category: string }> = {
  User: { list: 'users', category: 'UserManagement' },
  Group: { list: 'groups', category: 'GroupManagement' },
  ServicePrincipal: { list: 'service_principals', category: 'ApplicationManagement' },
};

/**
 * What a line of the directory's audit log has changed, by whom and what it is about rather than by its words, of which
 * there are hundreds: what was done to a person, a group or a workload is read again, and what they hold. A line that
 * tells of a failure changed nothing.
 */
export function directoryTellings(row: AuditRow & { id?: unknown }): Telling[] {
  const event = text(row.id);
  if (!event || text(row.result) === 'failure' || isComplaint(row)) return [];
  const about = words(text(row.category), text(row.activityDisplayName).toLowerCase());
  const isDeletion = /^(hard )?(delete (user|group)|remove service principal)\b/.test(about.activity);
  const isOfPim = text(row.loggedByService) === 'PIM';
  const targets = records(row.targetResources).map((one) => ({ type: text(one.type), id: lower(one.id) }));
  const tell = (of: InventoryList, place: string, ifKnown = false): Telling[] => [
    { event, list: of, place, ifKnown, isDeletion: false },
  ];
  const whole = wholeLists(about).flatMap((of) => tell(of, '/'));
  const azure = [...targets.map(({ id }) => id), lower(detail(row, 'ResourceOriginId'))].filter((id) =>
    scope.test(id),
  );
  if (azure.length > 0) return [...whole, ...azure.flatMap((id) => atScope(event, id, about))];
  const each = targets.flatMap(({ type, id }) => {
    const own = objects[type];
    if (!own || !guid.test(id)) return [];
    const group = type === 'Group' ? groupLists(about).flatMap((of) => tell(of, id, !isOfPim)) : [];
    const roles =
      isDeletion || about.isOfRoles ? [...tell('entra_eligible', id), ...tell('entra_active', id)] : [];
    const holders = type === 'ServicePrincipal' ? tell('app_role_holders', id, true) : [];
    // PIM changes what is held, never the holder.
    const isItself = own.category === about.category && !isOfPim;
    const self = isItself ? [{ event, list: own.list, place: id, ifKnown: false, isDeletion }] : [];
    const sponsors = isItself && type === 'User' ? tell('guest_sponsors', id) : [];
    return [...self, ...sponsors, ...roles, ...group, ...holders];
  });
  return [...whole, ...each];
}

/** PIM repeats these every two hours, with fresh ids, as long as a role is held that it did not give. */
const isComplaint = ({ activityDisplayName }: AuditRow) =>
  lower(activityDisplayName).includes('outside of pim');

interface About {
  category: string;
  activity: string;
  isOfRoles: boolean;
  isOfSettings: boolean;
}

function words(category: string, activity: string): About {
  return {
    category,
    activity,
    isOfRoles: category === 'RoleManagement',
    isOfSettings: activity.startsWith('update role setting'),
  };
}

/** Lists that are short enough to be read as a whole. */
function wholeLists({ category, activity, isOfRoles, isOfSettings }: About): InventoryList[] {
  if (category === 'Policy') return ['access_policies'];
  if (isOfRoles && isOfSettings) return ['entra_policies'];
  if (isOfRoles && activity.includes('role definition')) return ['entra_roles'];
  if (category !== 'ApplicationManagement') return [];
  if (/consent|permission grant/.test(activity)) return ['consents'];
  if (activity.includes('federated')) return ['federated_credentials'];
  return activity.includes('application') ? ['applications'] : [];
}

function groupLists({ category, isOfSettings }: About): InventoryList[] {
  if (category !== 'GroupManagement') return [];
  return isOfSettings ? ['group_policies'] : ['members', 'group_eligible', 'group_active'];
}

function atScope(event: string, scopeId: string, { isOfSettings }: About): Telling[] {
  const place = placeOf({ plane: 'azure', roleId: '', scopeId });
  const of: InventoryList[] = isOfSettings ? ['azure_policies'] : ['azure_eligible', 'azure_active'];
  return of.map((one) => ({ event, list: one, place, ifKnown: false, isDeletion: false }));
}

/** A line of Azure's activity log, as far as it is needed here. */
export interface ActivityRow {
  eventDataId?: unknown;
  status?: unknown;
  authorization?: unknown;
}

const ofAction: readonly (readonly [RegExp, readonly InventoryList[]])[] = [
  [/^microsoft\.authorization\/role(assignment|eligibility)/, ['azure_eligible', 'azure_active']],
  [/^microsoft\.authorization\/roledefinitions/, ['azure_roles']],
  [/^microsoft\.authorization\/rolemanagementpolic/, ['azure_policies']],
  [/^microsoft\.authorization\/denyassignments/, ['deny_assignments']],
  [/^microsoft\.authorization\/classicadministrators/, ['classic_administrators']],
];

/** What a line of a subscription's activity log has changed there: each write has a line at its begin and one at its end. */
export function activityTellings(row: ActivityRow, place: string): Telling[] {
  const event = text(row.eventDataId);
  const status = lower(record(row.status).value);
  if (!event || status === 'started' || status === 'failed') return [];
  const action = lower(record(row.authorization).action);
  const found = ofAction.find(([shape]) => shape.test(action))?.[1] ?? [];
  return found.map((one) => ({ event, list: one, place, ifKnown: false, isDeletion: false }));
}

function detail(row: AuditRow, key: string): unknown {
  return records(row.additionalDetails).find((one) => one.key === key)?.value;
}
