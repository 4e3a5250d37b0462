import type { RoleAtScope } from './assignment.ts';
import { lower, record, records, text } from './loose.ts';
import type { UseEvent } from './use.ts';

/** A row of Entra's audit log (Graph: directoryAudit), as far as it is needed here; anything may be missing. */
export interface AuditRow {
  activityDisplayName?: unknown;
  activityDateTime?: unknown;
  loggedByService?: unknown;
  category?: unknown;
  result?: unknown;
  initiatedBy?: unknown;
  targetResources?: unknown;
  additionalDetails?: unknown;
}

/** unclear: it is about an activation, and does not say whose, of what, or when. */
export type Understood = UseEvent | 'something_else' | 'unclear';

const begun = /^add member .*completed \(pim activation\)/;
const ended =
  /^remove member .*(\(pim activation expired\)|completed \(pim deactivate\)|in pim completed \()/;
/** What the database can hold in a key; ids of directories are far shorter, and paths of resources seldom longer. */
const shortId = /^[\w-]{1,64}$/;
const printable = /^[^\p{C}]+$/u;
const longestScope = 800;
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(2200, 0, 1);
const subscriptionOrGroup = /^\/(subscriptions|providers\/microsoft\.management)\//;

/**
 * What a row of the audit log tells of an activation. “Requested” and “approved” are on the way to it; what PIM repeats
 * every two hours about roles given outside of it is none. Source: Entra's audit activity reference, rows of live tenants.
 */
export function readUseEvent(row: AuditRow): Understood {
  const said = text(row.activityDisplayName).toLowerCase();
  const isOfPim = ['', 'pim'].includes(text(row.loggedByService).toLowerCase());
  const what = begun.test(said) ? 'begun' : ended.test(said) ? 'ended' : null;
  if (!what || !isOfPim || text(row.result).toLowerCase() === 'failure') return 'something_else';
  const targets = records(row.targetResources);
  const details = new Map(records(row.additionalDetails).map((one) => [text(one.key), text(one.value)]));
  const role = roleOf(text(row.category), targets, details);
  const principalId =
    lower(targets.find(({ type }) => type === 'User')?.id) || lower(record(record(row.initiatedBy).user).id);
  const written = momentOf(row.activityDateTime);
  if (!role || !written || !isPossible({ principalId, ...role })) return 'unclear';
  if (what === 'ended') return { what, principalId, ...role, at: written, untilAt: null };
  // One that is to start later is granted now.
  const starts = momentOf(details.get('StartTime'));
  const at = starts && starts > written ? starts : written;
  const until = momentOf(details.get('ExpirationTime'));
  return { what, principalId, ...role, at, untilAt: until && until > at ? until : null };
}

function isPossible({ principalId, roleId, scopeId }: RoleAtScope & { principalId: string }): boolean {
  const isScope = printable.test(scopeId) && scopeId.length <= longestScope;
  return shortId.test(principalId) && shortId.test(roleId) && isScope;
}

function roleOf(
  category: string,
  targets: Record<string, unknown>[],
  details: Map<string, string>,
): RoleAtScope | null {
  const named = targets.find(({ type }) => type === 'Role');
  const id = details.get('RoleDefinitionOriginId') || details.get('TemplateId') || text(named?.id);
  const roleId = id.toLowerCase().split('/').at(-1) ?? '';
  const place = (details.get('ResourceOriginId') ?? '').toLowerCase();
  const ids = [place, ...targets.map((one) => lower(one.id))];
  const azure = ids.find((one) => subscriptionOrGroup.test(one));
  if (azure) return roleId ? { plane: 'azure', roleId, scopeId: azure.replace(/\/+$/, '') } : null;
  if (category === 'GroupManagement') {
    const scopeId = lower(targets.find(({ type }) => type === 'Group')?.id) || place;
    const isOwner = [roleId, lower(named?.displayName)].includes('owner');
    return scopeId ? { plane: 'group', roleId: isOwner ? 'owner' : 'member', scopeId } : null;
  }
  // The whole directory goes by the tenant's id, or by none.
  const unit = /\/administrativeunits\/.+/.exec(place)?.[0];
  return roleId ? { plane: 'entra', roleId, scopeId: unit ?? '/' } : null;
}

function momentOf(value: unknown): Date | null {
  const at = new Date(text(value) || Number.NaN);
  return at.getTime() >= earliest && at.getTime() < latest ? at : null;
}
