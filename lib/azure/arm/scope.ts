import type { ScopeKind } from '#lib/domain/assignment.ts';

const alias = /^\/providers\/Microsoft\.Subscription(?=\/subscriptions\/)/i;

/** A scope in its short form: one leading slash, no trailing one, without the subscription alias ARM also prints. */
export function plainScope(scope: string): string {
  return `/${scope.replace(/^\/+|\/+$/g, '')}`.replace(alias, '');
}

/** What kind of scope a path is; the path says it, whatever a type field may say. */
export function scopeKindOf(scope: string): ScopeKind {
  const path = scope.toLowerCase();
  if (path.startsWith('/providers/microsoft.management/managementgroups/') || path === '/')
    return 'management_group';
  const parts = path.split('/').filter(Boolean);
  if (parts.length <= 2) return 'subscription';
  return parts[2] === 'resourcegroups' && parts.length === 4 ? 'resource_group' : 'resource';
}

/** The last segment: a role's GUID, a schedule's name, a resource's name. */
export function lastSegment(id: string | undefined): string {
  return id?.split('/').at(-1) ?? '';
}

/** The full id of a role as it is written below a scope: built-in and custom roles are found from a subscription or the tenant. */
export function roleDefinitionPath(scopeId: string, roleId: string): string {
  const subscription = /^\/subscriptions\/[^/]+/i.exec(scopeId)?.[0] ?? '';
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
}
