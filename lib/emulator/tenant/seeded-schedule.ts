import type { Plane, Schedule } from '#lib/emulator/state.ts';
import { azureRole } from './azure-roles.ts';
import { entraRole } from './entra-roles.ts';
import { groupId } from './groups.ts';
import { DAY, numberedId } from './numbered-id.ts';
import { personId } from './people.ts';
import { servicePrincipalId } from './service-principals.ts';

/** One line of the seed: who holds what, where, since and until when. Names stand for ids. */
export interface Holding {
  number: number;
  plane: Plane;
  principalId: string;
  role: string;
  scope: string;
  /** Days from now; null: permanent. */
  endsInDays: number | null;
  condition: string | null;
}

/** An Entra role over the whole directory. */
export function entraHolding(number: number, who: string, role: string): Holding {
  return holding(number, 'entra', who, entraRole(role), '/');
}

/** An Azure role at a scope in its canonical casing. */
export function azureHolding(number: number, who: string, role: string, scope: string): Holding {
  return holding(number, 'azure', who, azureRole(role), scope);
}

/** Membership or ownership of a group through PIM. */
export function groupHolding(
  number: number,
  who: string,
  access: 'member' | 'owner',
  group: string,
): Holding {
  return holding(number, 'group', who, access, groupId(group));
}

/** The schedule of a line, begun half a year before now. */
export function seededSchedule(line: Holding, kind: Schedule['kind'], now: number): Schedule {
  const startAt = now - 180 * DAY;
  return {
    id: numberedId(kind === 'eligible' ? 'eeeeeeee' : 'ac71ace0', line.number),
    plane: line.plane,
    kind,
    principalId: line.principalId,
    role: line.role,
    scope: line.scope,
    startAt,
    endAt: line.endsInDays === null ? null : now + line.endsInDays * DAY,
    assignmentType: 'assigned',
    eligibilityId: null,
    requestId: null,
    visibleFrom: startAt,
    createdAt: startAt,
    condition: line.condition,
  };
}

function holding(number: number, plane: Plane, who: string, role: string, scope: string): Holding {
  return { number, plane, principalId: principalId(who), role, scope, endsInDays: null, condition: null };
}

/** `sg-…` is a group, `app:…` a service principal, anything else a person's login. */
function principalId(who: string): string {
  if (who.startsWith('sg-')) return groupId(who);
  return who.startsWith('app:') ? servicePrincipalId(who.slice(4)) : personId(who);
}
