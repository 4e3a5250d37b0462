import { inArray } from 'drizzle-orm';
import type { ScopeKind } from '#lib/domain/assignment.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { countsAsCritical } from '#lib/domain/risk.ts';
import type { Reader } from './client.ts';
import { mirrorRoles } from './schema/mirror.ts';

interface Role {
  plane: Plane;
  roleId: string;
  scopeKind: ScopeKind;
}

/** Which of these roles have to be taken for critical ones: a ticket and a fresh sign-in may be asked for them. */
export async function criticalAmong(from: Reader, roles: readonly Role[]): Promise<(role: Role) => boolean> {
  if (roles.length === 0) return () => false;
  const ids = roles.map(({ roleId }) => roleId);
  const known = await from.select().from(mirrorRoles).where(inArray(mirrorRoles.roleId, ids));
  return ({ plane, roleId, scopeKind }) => {
    const read = known.find((one) => one.plane === plane && one.roleId === roleId);
    return countsAsCritical(plane, read?.definition ?? null, scopeKind);
  };
}
