import type { Callout } from './evaluation.ts';
import { lower, record, text } from './loose.ts';
import type { Plane } from './plane.ts';
import { minutesBetween, minutesOf } from './time.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const longest = 4_000;

/** What is asked for in the words of a plane, in ours. Giving back is no ask for access; of anything else Stint knows nothing. */
const actions: Record<string, Callout['action']> = {
  selfactivate: 'activate',
  selfdeactivate: 'deactivate',
};

/**
 * The body that PIM posts to its custom extension: a schedule request of one of three planes, known by its `@odata.type`,
 * or by `properties` for Azure. null: it is none that Stint understands. Source: Microsoft's how-to, contract of the preview.
 */
export function readCallout(body: unknown, now: Date): Callout | null {
  const sent = record(body);
  const fields = 'properties' in sent ? record(sent.properties) : sent;
  const role = roleOf(sent);
  const action = actions[lower(fields.action) || lower(fields.requestType)];
  const principalId = lower(fields.principalId);
  if (!role || !action || !guid.test(principalId)) return null;
  const id = lower(sent.id) || lower(sent.name);
  const schedule = record(fields.scheduleInfo);
  const startsAt = momentOf(schedule.startDateTime);
  return {
    ...{ role, action, principalId, startsAt },
    azureId: guid.test(id) ? id : null,
    minutes: minutesIn(record(schedule.expiration), startsAt ?? now),
    justification: text(fields.justification).slice(0, longest),
    ticketNumber: text(record(fields.ticketInfo).ticketNumber).slice(0, longest),
  };
}

function roleOf(sent: Record<string, unknown>): Callout['role'] | null {
  const type = text(sent['@odata.type']).replace(/^#?microsoft\.graph\./, '');
  if (type === 'unifiedRoleAssignmentScheduleRequest')
    return whole('entra', lower(sent.roleDefinitionId), text(sent.directoryScopeId));
  if (type === 'privilegedAccessGroupAssignmentScheduleRequest')
    return whole('group', lower(sent.accessId), lower(sent.groupId));
  if (type || !('properties' in sent)) return null;
  const { roleDefinitionId, scope } = record(sent.properties);
  const roleId = lower(roleDefinitionId).split('/').at(-1) ?? '';
  return whole('azure', roleId, text(scope).replace(/\/+$/, ''));
}

function whole(plane: Plane, roleId: string, scopeId: string): Callout['role'] | null {
  const isRole = plane === 'group' ? roleId === 'member' || roleId === 'owner' : guid.test(roleId);
  const isScope = plane === 'group' ? guid.test(scopeId) : /^\/\S*$/.test(scopeId) && scopeId.length < 1_000;
  return isRole && isScope ? { plane, roleId, scopeId } : null;
}

/**
 * As long as the field says that the type names. The other field, where it says more, is believed too: which of the two
 * PIM goes by is documented nowhere. null: it has no end, or none that Stint understands.
 */
function minutesIn(expiration: Record<string, unknown>, from: Date): number | null {
  const until = momentOf(expiration.endDateTime);
  const lasting = minutesOf(text(expiration.duration)) ?? 0;
  const lastingUntil = until ? minutesBetween(from, until) : 0;
  const type = lower(expiration.type);
  const named = type === 'afterduration' ? lasting : type === 'afterdatetime' ? lastingUntil : 0;
  return named ? Math.max(lasting, lastingUntil) : null;
}

function momentOf(value: unknown): Date | null {
  const at = new Date(text(value));
  return Number.isNaN(at.getTime()) ? null : at;
}
