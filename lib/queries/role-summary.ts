import { roleActions } from '#lib/domain/adds-words.ts';
import { dangersOf } from '#lib/domain/risk.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { RoleSummary } from './approval-rows.ts';

/** What a role allows, as far as a card has room. */
export function roleSummary(role: RoleDefinition): RoleSummary {
  return { description: role.description, dangers: dangersOf(role), ...roleActions(role) };
}
