import {
  type AssignmentKept,
  type ChangeVerb,
  type ChangeWay,
  longestTimeBoundDays,
} from './access-change.ts';

interface Change {
  verb: ChangeVerb;
  way: ChangeWay;
  wayGroupId: string | null;
  /** Who leaves the group; not always who has the assignment. */
  principalId: string;
  kept: AssignmentKept;
  /** hasEnd: what is given back is there, with an end. longest_minutes: as long as the policy lets it be. */
  progress: Record<string, string>;
}

/**
 * The command with which a person does by hand what the Applier could not: Azure CLI for Azure roles, Microsoft Graph
 * PowerShell for Entra roles and groups. Every value is quoted for its shell: names come from the tenant.
 */
export function manualCommand(change: Change, now: Date): string {
  const { kept, principalId, progress, verb, way, wayGroupId } = change;
  if (way === 'membership') return membership(verb, wayGroupId ?? '', principalId);
  if (verb === 'make_eligible') {
    return [pim(kept, 'eligible', { verb: 'Assign', ends: endOf(kept, 'P365D') }), remove(kept)].join('\n');
  }
  if (verb === 'make_time_bound') {
    const days = Math.floor(Number(progress.longest_minutes ?? Infinity) / 1440);
    const duration =
      days > 0 ? `P${Math.min(days, longestTimeBoundDays)}D` : `PT${progress.longest_minutes}M`;
    return pim(kept, 'active', { verb: 'Update', startsAt: now, ends: { duration } });
  }
  if (verb === 'remove') return remove(kept);
  if (progress.hasEnd) return pim(kept, 'active', { verb: 'Update', startsAt: now, ends: 'never' });
  return restore(kept);
}

function remove(kept: AssignmentKept): string {
  if (kept.plane === 'azure' && kept.kind === 'standing') return plain('delete', kept);
  return pim(kept, kept.kind === 'eligible' ? 'eligible' : 'active', { verb: 'Remove' });
}

function restore(kept: AssignmentKept): string {
  if (kept.plane === 'azure' && kept.kind === 'standing') return plain('create', kept);
  const side = kept.kind === 'eligible' ? 'eligible' : 'active';
  const otherwise = side === 'eligible' || kept.plane === 'azure' ? 'P365D' : 'never';
  return pim(kept, side, { verb: 'Assign', ends: endOf(kept, otherwise) });
}

/** The end it had, else this one. */
function endOf({ endsAt }: AssignmentKept, otherwise: string): Ends {
  if (endsAt) return { at: endsAt };
  return otherwise === 'never' ? otherwise : { duration: otherwise };
}

function membership(verb: ChangeVerb, groupId: string, memberId: string): string {
  const [name, member] =
    verb === 'restore'
      ? ['New-MgGroupMember', '-DirectoryObjectId']
      : ['Remove-MgGroupMemberDirectoryObjectByRef', '-DirectoryObjectId'];
  return `${name} -GroupId ${power(groupId)} ${member} ${power(memberId)}`;
}

function plain(what: 'create' | 'delete', kept: AssignmentKept): string {
  const parts = [`az role assignment ${what}`];
  if (what === 'create') parts.push(`--assignee-object-id ${shell(kept.principalId)}`);
  else parts.push(`--assignee ${shell(kept.principalId)}`);
  if (what === 'create') parts.push(`--assignee-principal-type ${typeOf(kept)}`);
  parts.push(`--role ${shell(kept.roleId)}`, `--scope ${shell(kept.scopeId)}`);
  if (what === 'create' && kept.condition) {
    parts.push(`--condition ${shell(kept.condition)}`);
    parts.push(`--condition-version ${shell(kept.conditionVersion ?? '2.0')}`);
  }
  return parts.join(' ');
}

type Ends = 'never' | { at: string } | { duration: string };
type Ask = { verb: 'Remove' } | { verb: 'Assign' | 'Update'; ends: Ends; startsAt?: Date };

function pim(kept: AssignmentKept, side: 'eligible' | 'active', ask: Ask): string {
  return kept.plane === 'azure' ? armPim(kept, side, ask) : graphPim(kept, side, ask);
}

function armPim(kept: AssignmentKept, side: 'eligible' | 'active', ask: Ask): string {
  const collection =
    side === 'eligible' ? 'roleEligibilityScheduleRequests' : 'roleAssignmentScheduleRequests';
  const url = `https://management.azure.com${kept.scopeId}/providers/Microsoft.Authorization/${collection}`;
  const role = `${/^\/subscriptions\/[^/]+/i.exec(kept.scopeId)?.[0] ?? ''}/providers/Microsoft.Authorization/roleDefinitions/${kept.roleId}`;
  const properties = {
    ...{ principalId: kept.principalId, roleDefinitionId: role },
    ...{ requestType: `Admin${ask.verb}`, justification: 'Access review' },
    ...(ask.verb !== 'Remove' && {
      scheduleInfo: {
        ...(ask.startsAt && { startDateTime: ask.startsAt.toISOString() }),
        expiration: armEnd(ask.ends),
      },
      ...(kept.condition && {
        condition: kept.condition,
        conditionVersion: kept.conditionVersion ?? '2.0',
      }),
    }),
  };
  return `az rest --method put --url ${shell(url)}/"$(uuidgen)"'?api-version=2020-10-01' --body ${shell(JSON.stringify({ properties }))}`;
}

function armEnd(ends: Ends): object {
  if (ends === 'never') return { type: 'NoExpiration' };
  return 'at' in ends
    ? { type: 'AfterDateTime', endDateTime: ends.at }
    : { type: 'AfterDuration', duration: ends.duration };
}

function graphPim(kept: AssignmentKept, side: 'eligible' | 'active', ask: Ask): string {
  const name =
    kept.plane === 'group'
      ? `New-MgIdentityGovernancePrivilegedAccessGroup${side === 'eligible' ? 'Eligibility' : 'Assignment'}ScheduleRequest`
      : `New-MgRoleManagementDirectoryRole${side === 'eligible' ? 'Eligibility' : 'Assignment'}ScheduleRequest`;
  const target =
    kept.plane === 'group'
      ? `-GroupId ${power(kept.scopeId)} -AccessId ${power(kept.roleId)}`
      : `-RoleDefinitionId ${power(kept.roleId)} -DirectoryScopeId ${power(kept.scopeId)}`;
  const window =
    ask.verb === 'Remove'
      ? ''
      : ` -ScheduleInfo @{ StartDateTime = (Get-Date); Expiration = ${graphEnd(ask.ends)} }`;
  return `${name} -Action ${power(`admin${ask.verb}`)} -PrincipalId ${power(kept.principalId)} ${target} -Justification 'Access review'${window}`;
}

function graphEnd(ends: Ends): string {
  if (ends === 'never') return "@{ Type = 'NoExpiration' }";
  return 'at' in ends
    ? `@{ Type = 'AfterDateTime'; EndDateTime = ${power(ends.at)} }`
    : `@{ Type = 'AfterDuration'; Duration = ${power(ends.duration)} }`;
}

function typeOf({ principalKind }: AssignmentKept): string {
  if (principalKind === 'group') return 'Group';
  return principalKind === 'member' || principalKind === 'guest' ? 'User' : 'ServicePrincipal';
}

/** One word of a POSIX shell, whatever is in it. */
function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One literal of PowerShell, which also takes typographic quotes for quotes. */
function power(text: string): string {
  return `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
}
