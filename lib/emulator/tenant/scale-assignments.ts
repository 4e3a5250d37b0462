import { everyScope } from '#lib/emulator/arm/scopes.ts';
import type { Schedule, ScheduleRequest, State } from '#lib/emulator/state.ts';
import type { Dice } from './dice.ts';
import { DAY } from './numbered-id.ts';

type Target = Pick<Schedule, 'plane' | 'principalId' | 'role' | 'scope'>;

const MINUTE = 60_000;

/**
 * Fills the tenant up to so many schedules: of ten about six eligible, three standing, and one activated in the last hours
 * from an eligibility of a person; of ten about six Azure roles, three Entra roles and one group.
 */
export function scaleAssignments(state: State, dice: Dice, wanted: number, now: number): void {
  const taken = new Set(state.schedules.map((one) => `${one.kind} ${keyOf(one)}`));
  const draw = makeDraw(state, dice);
  const persons: Schedule[] = [];
  const people = new Set(state.users.map(({ id }) => id));
  let misses = 0;
  while (state.schedules.length < wanted && misses < wanted) {
    const turn = dice.below(10);
    const source = turn === 9 && persons.length > 0 ? dice.pick(persons) : null;
    const kind = turn < 6 ? ('eligible' as const) : ('active' as const);
    const target = source ?? draw(kind);
    const name = `${kind} ${keyOf(target)}`;
    if (taken.has(name)) {
      misses += 1;
      continue;
    }
    taken.add(name);
    if (source) addActivation(state, dice, source, now);
    else {
      const made = standing(dice, kind, target, now);
      state.schedules.push(made);
      if (kind === 'eligible' && people.has(target.principalId)) persons.push(made);
    }
  }
}

/** Workloads are never eligible, Entra roles go to role-assignable groups only. */
function makeDraw(state: State, dice: Dice): (kind: Schedule['kind']) => Target {
  const scopes = everyScope(state).slice(1);
  const groups = state.groups.map(({ id }) => id);
  const roleGroups = state.groups.filter((one) => one.isAssignableToRole).map(({ id }) => id);
  const principalOf = (kind: Schedule['kind'], groupIds: string[]) => {
    const turn = dice.below(10);
    if (turn === 0 && kind === 'active') return dice.pick(state.servicePrincipals).id;
    return turn === 1 ? dice.pick(groupIds) : dice.pick(state.users).id;
  };
  const azureRoles = state.azureRoles.filter(({ type }) => type === 'BuiltInRole').map(({ name }) => name);
  const entraRoles = state.entraRoles.map(({ id }) => id);
  return (kind) => {
    const turn = dice.below(10);
    if (turn < 6) {
      const principalId = principalOf(kind, groups);
      return { plane: 'azure', principalId, role: dice.pick(azureRoles), scope: dice.pick(scopes) };
    }
    if (turn < 9) {
      return {
        plane: 'entra',
        principalId: principalOf(kind, roleGroups),
        role: dice.pick(entraRoles),
        scope: '/',
      };
    }
    const role = dice.below(8) === 0 ? 'owner' : 'member';
    return { plane: 'group', principalId: dice.pick(state.users).id, role, scope: dice.pick(groups) };
  };
}

function keyOf({ plane, principalId, role, scope }: Target): string {
  return `${plane} ${principalId} ${role} ${scope}`;
}

function standing(dice: Dice, kind: Schedule['kind'], target: Target, now: number): Schedule {
  const startAt = now - (1 + dice.below(700)) * DAY;
  return {
    id: dice.guid('5ca1e00e'),
    kind,
    ...target,
    startAt,
    endAt: dice.below(3) === 0 ? now + (1 + dice.below(365)) * DAY : null,
    assignmentType: 'assigned',
    eligibilityId: null,
    requestId: null,
    visibleFrom: startAt,
    createdAt: startAt,
    condition: null,
  };
}

function addActivation(state: State, dice: Dice, source: Schedule, now: number): void {
  const { plane, principalId, role, scope } = source;
  const id = dice.guid('5ca1e00a');
  const startAt = now - (5 + dice.below(60)) * MINUTE;
  const endAt = startAt + 8 * 60 * MINUTE;
  const request: ScheduleRequest = {
    id,
    plane,
    side: 'assignment',
    action: 'selfActivate',
    principalId,
    requestorId: principalId,
    role,
    scope,
    justification: 'Scheduled work',
    ticketNumber: null,
    ticketSystem: null,
    startAt,
    expiration: { type: 'afterDuration', duration: 'PT8H', endAt: null },
    status: 'Provisioned',
    approval: null,
    createdAt: startAt,
    completedAt: startAt,
    targetScheduleId: id,
    linkedEligibilityId: source.id,
  };
  state.requests.push(request);
  state.schedules.push({
    ...source,
    id,
    kind: 'active',
    startAt,
    endAt,
    assignmentType: 'activated',
    eligibilityId: source.id,
    requestId: id,
    visibleFrom: startAt,
    createdAt: startAt,
  });
}
