import { inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { type Danger, dangersOf } from '#lib/domain/risk.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';

/** A role's definition as the mirror has it, and what of it is dangerous. */
export interface RoleRisk {
  definition: RoleDefinition;
  dangers: Danger[];
}

interface Read {
  plane: Plane;
  roleId: string;
  /** When the mirror read the definition; null: it has none. */
  definedAt: Date | null;
}

/** Definitions are long and the same until Azure is read again: judged once per reading, in this process. */
const judged = new Map<string, { readAt: number; risk: RoleRisk }>();
const mostJudged = 5_000;

const nameOf = ({ plane, roleId }: Pick<Read, 'plane' | 'roleId'>) => `${plane}|${roleId}`;

/** How to look up the risk of each of these roles; null where the mirror has no definition. */
export async function risksOf(roles: readonly Read[]): Promise<(role: Read) => RoleRisk | null> {
  const isKnown = (role: Read) => judged.get(nameOf(role))?.readAt === role.definedAt?.getTime();
  const missing = roles.filter((role) => role.definedAt && !isKnown(role)).map(({ roleId }) => roleId);
  if (missing.length > 0) {
    const rows = await db().select().from(mirrorRoles).where(inArray(mirrorRoles.roleId, missing));
    if (judged.size + rows.length > mostJudged) judged.clear();
    for (const { definition, readAt, ...role } of rows) {
      const risk = { definition, dangers: dangersOf(definition) };
      judged.set(nameOf(role), { readAt: readAt.getTime(), risk });
    }
  }
  // Read again in between: the newer definition is the better one.
  return (role) => (role.definedAt ? (judged.get(nameOf(role))?.risk ?? null) : null);
}
