import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';

type Role = RoleAtScope & RoleNames;

/** A link that opens the form for these roles. Roles by name, so that one sees what it is about; places by id. */
export function linkTo(
  roles: readonly Role[],
  { minutes = null, ticket = '' }: { minutes?: number | null; ticket?: string } = {},
): string {
  const query = new URLSearchParams();
  for (const { plane, roleName, scopeName, scopeId } of roles) {
    query.append('role', plane === 'group' ? scopeName : roleName);
    query.append('scope', scopeId);
  }
  if (minutes) query.set('minutes', String(minutes));
  if (ticket.trim()) query.set('ticket', ticket.trim());
  return `/activate?${query}`;
}
