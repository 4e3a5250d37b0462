import { dangersOf } from '#lib/domain/risk.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { RoleSummary } from './approval-rows.ts';

const mostShown = 8;

/** What a role allows, as far as a card has room. */
export function roleSummary(role: RoleDefinition): RoleSummary {
  const all = [...role.actions, ...role.dataActions];
  return {
    description: role.description,
    actions: all.length,
    exceptions: role.notActions.length + role.notDataActions.length,
    dangers: dangersOf(role),
    sample: all.slice(0, mostShown),
  };
}
