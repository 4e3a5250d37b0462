import type { Plane } from './plane.ts';
import type { RoleDefinition } from './role-definition.ts';

/** How much a role lists. */
export interface RoleActions {
  /** Lines of the role, and lines it excepts; a wildcard is one line. */
  actions: number;
  exceptions: number;
  sample: string[];
}

/** Something the person has at a place, or above it. */
export interface HeldThere {
  roleName: string;
  scopeName: string;
  /** The very role that is asked for. */
  isSame: boolean;
  endsAt: Date | null;
}

const mostShown = 8;

export function roleActions(role: RoleDefinition): RoleActions {
  const all = [...role.actions, ...role.dataActions];
  return {
    actions: all.length,
    exceptions: role.notActions.length + role.notDataActions.length,
    sample: all.slice(0, mostShown),
  };
}

/** How much a role lists, in words. A wildcard is one line that stands for many actions, so it is not counted as one. */
export function actionsWords({ actions, exceptions, sample }: RoleActions): string {
  if (sample.includes('*')) return exceptions > 0 ? 'every action, with exceptions' : 'every action';
  const counted = `${actions} ${actions === 1 ? 'action' : 'actions'}`;
  return sample.some((action) => action.includes('*')) ? `${counted}, wildcards among them` : counted;
}

interface Adds {
  plane: Plane;
  /** null: never read. */
  role: RoleActions | null;
  /** What the person has there now, the same role first; null: the tenant was never read. */
  holds: readonly HeldThere[] | null;
}

const mostHeld = 3;

/** What it adds to what the person has there already: `6 actions, on top of Reader and 2 more`. */
export function addsWords({ plane, role, holds }: Adds): string {
  const unknown = role ? actionsWords(role) : 'actions that Stint does not know yet';
  return `${plane === 'group' ? 'the group and what it holds' : unknown}, ${onTopOf(holds)}`;
}

function onTopOf(holds: Adds['holds']): string {
  if (holds === null) return 'and what they hold there now is not known';
  if (holds.some(({ isSame }) => isSame)) return 'which they hold there already';
  const names = [...new Set(holds.map(({ roleName }) => roleName))];
  if (names.length === 0) return 'where they hold nothing now';
  const more = names.length - mostHeld;
  const shown = names.slice(0, mostHeld).join(', ');
  return `on top of ${more > 0 ? `${shown} and ${more} more` : shown}`;
}
