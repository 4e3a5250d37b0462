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
}

/**
 * The command with which a person does by hand what the Applier could not: Azure CLI for Azure roles, Microsoft Graph
 * PowerShell for Entra roles and groups. Every value is quoted for its shell: names come from the tenant.
 */
export function manualCommand(change: Change): string {
  const { kept, principalId, verb, way, wayGroupId } = change;
  if (way === 'membership') return membership(verb, wayGroupId ?? '', principalId);
  if (verb === 'make_eligible') {
    return [pim(kept, 'eligible', 'Assign'), remove(kept)].join('\n');
  }
  if (verb === 'make_time_bound') return pim(kept, 'active', 'Update');
  return verb === 'remove' ? remove(kept) : restore(kept);
}

function remove(kept: AssignmentKept): string {
  if (kept.plane === 'azure' && kept.kind === 'standing') return plain('delete', kept);
  return pim(kept, kept.kind === 'eligible' ? 'eligible' : 'active', 'Remove');
}

function restore(kept: AssignmentKept): string {
  if (kept.plane === 'azure' && kept.kind === 'standing') return plain('create', kept);
  return pim(kept, kept.kind === 'eligible' ? 'eligible' : 'active', 'Assign');
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

type PimVerb = 'Assign' | 'Update' | 'Remove';

function pim(kept: AssignmentKept, side: 'eligible' | 'active', verb: PimVerb): string {
  return kept.plane === 'azure' ? armPim(kept, side, verb) : graphPim(kept, side, verb);
}

function armPim(kept: AssignmentKept, side: 'eligible' | 'active', verb: PimVerb): string {
  const collection =
    side === 'eligible' ? 'roleEligibilityScheduleRequests' : 'roleAssignmentScheduleRequests';
  const url = `https://management.azure.com${kept.scopeId}/providers/Microsoft.Authorization/${collection}`;
  const role = `${/^\/subscriptions\/[^/]+/i.exec(kept.scopeId)?.[0] ?? ''}/providers/Microsoft.Authorization/roleDefinitions/${kept.roleId}`;
  const properties = {
    ...{ principalId: kept.principalId, roleDefinitionId: role },
    ...{ requestType: `Admin${verb}`, justification: 'Access review' },
    ...(verb !== 'Remove' && {
      scheduleInfo: {
        expiration: kept.endsAt
          ? { type: 'AfterDateTime', endDateTime: kept.endsAt }
          : { type: 'AfterDuration', duration: lengthOf(verb) },
      },
      ...(kept.condition && {
        condition: kept.condition,
        conditionVersion: kept.conditionVersion ?? '2.0',
      }),
    }),
  };
  return `az rest --method put --url ${shell(url)}/"$(uuidgen)"'?api-version=2020-10-01' --body ${shell(JSON.stringify({ properties }))}`;
}

function graphPim(kept: AssignmentKept, side: 'eligible' | 'active', verb: PimVerb): string {
  const name =
    kept.plane === 'group'
      ? `New-MgIdentityGovernancePrivilegedAccessGroup${side === 'eligible' ? 'Eligibility' : 'Assignment'}ScheduleRequest`
      : `New-MgRoleManagementDirectoryRole${side === 'eligible' ? 'Eligibility' : 'Assignment'}ScheduleRequest`;
  const target =
    kept.plane === 'group'
      ? `-GroupId ${power(kept.scopeId)} -AccessId ${power(kept.roleId)}`
      : `-RoleDefinitionId ${power(kept.roleId)} -DirectoryScopeId ${power(kept.scopeId)}`;
  const expiration = kept.endsAt
    ? `@{ Type = 'AfterDateTime'; EndDateTime = ${power(kept.endsAt)} }`
    : side === 'eligible' || verb === 'Update'
      ? `@{ Type = 'AfterDuration'; Duration = '${lengthOf(verb)}' }`
      : "@{ Type = 'NoExpiration' }";
  const window =
    verb !== 'Remove' ? ` -ScheduleInfo @{ StartDateTime = (Get-Date); Expiration = ${expiration} }` : '';
  return `${name} -Action ${power(`admin${verb}`)} -PrincipalId ${power(kept.principalId)} ${target} -Justification 'Access review'${window}`;
}

function lengthOf(verb: PimVerb): string {
  return verb === 'Update' ? `P${longestTimeBoundDays}D` : 'P365D';
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
