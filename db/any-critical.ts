import { inArray } from 'drizzle-orm';
import type { ScopeKind } from '#lib/domain/assignment.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { isCritical } from '#lib/domain/risk.ts';
import type { Reader } from './client.ts';
import { mirrorRoles } from './schema/mirror.ts';

interface Role {
  plane: Plane;
  roleId: string;
  scopeKind: ScopeKind;
}

/** Whether any of these roles is a critical one. One whose definition was never read counts as such. */
export async function anyCritical(from: Reader, roles: readonly Role[]): Promise<boolean> {
  if (roles.length === 0) return false;
  const ids = roles.map(({ roleId }) => roleId);
  const known = await from.select().from(mirrorRoles).where(inArray(mirrorRoles.roleId, ids));
  return roles.some(({ plane, roleId, scopeKind }) => {
    const role = known.find((one) => one.plane === plane && one.roleId === roleId);
    return !role || isCritical(role.definition, scopeKind);
  });
}
