import type { Group, ServicePrincipal, State, User } from '#lib/emulator/state.ts';
import { type Dice, makeDice } from './dice.ts';
import { DAY } from './numbered-id.ts';
import { scaleAssignments } from './scale-assignments.ts';
import { addScopes } from './scale-scopes.ts';
import { seedTenant } from './seed.ts';

/** How large a tenant is to be: users, groups and service principals together, and schedules of all planes. */
export interface Scale {
  principals: number;
  assignments: number;
}

/** Reads `EMULATOR_SCALE`, as in `principals:50000,assignments:200000`; null when it is not set. Throws with what is wrong. */
export function parseScale(text: string | undefined): Scale | null {
  if (!text) return null;
  const scale: Scale = { principals: 0, assignments: 0 };
  for (const part of text.split(',')) {
    const [, name, written] = /^\s*(principals|assignments)\s*:\s*(\d{1,8})\s*$/.exec(part) ?? [];
    if (name !== 'principals' && name !== 'assignments') {
      throw new Error(`EMULATOR_SCALE is "${text}": it reads principals:50000,assignments:200000.`);
    }
    scale[name] = Number(written);
  }
  return scale;
}

const GIVEN =
  'Alma Ben Chloe Dan Elsa Finn Greta Hugo Iris Jon Kaja Liam Maja Nils Olga Per Runa Sam Tove Ulf'.split(
    ' ',
  );
const FAMILY =
  'Adler Bergs Carlo Dahl Ekman Falk Grahn Holt Ibsen Jarl Kern Lund Moen Nord Orre Palm Quist Rask Strand Thorn'.split(
    ' ',
  );
const TEAMS = ['Platform', 'Payments', 'Data', 'Security', 'Network', 'Workplace'];

/**
 * Contoso grown to a size, the same at every start but for the moments, which count from now (milliseconds): the seed comes
 * first and is untouched; then people, nested groups and workloads, then who holds what over the three planes.
 */
export function scaledTenant(now: number, scale: Scale): State {
  const state = seedTenant(now);
  const dice = makeDice(20_260_601);
  const own = state.users.length + state.groups.length + state.servicePrincipals.length;
  const missing = Math.max(0, scale.principals - own);
  const groups = Math.floor(missing / 10);
  const workloads = Math.floor(missing / 10);
  for (let number = 0; number < missing - groups - workloads; number += 1) {
    state.users.push(user(state, dice, number, now));
  }
  for (let number = 0; number < workloads; number += 1) {
    state.servicePrincipals.push(workload(state, dice, number, now));
  }
  addGroups(state, dice, groups, now);
  addScopes(state, Math.ceil(scale.assignments / 2000));
  scaleAssignments(state, dice, scale.assignments, now);
  return state;
}

function user(state: State, dice: Dice, number: number, now: number): User {
  const givenName = dice.pick(GIVEN);
  const surname = dice.pick(FAMILY);
  const userPrincipalName = `${givenName}.${surname}.${number}@${state.domain}`.toLowerCase();
  return {
    id: dice.guid('5ca1e001'),
    userPrincipalName,
    displayName: `${givenName} ${surname} ${number}`,
    givenName,
    surname,
    mail: userPrincipalName,
    jobTitle: 'Engineer',
    department: dice.pick(TEAMS),
    officeLocation: null,
    userType: dice.below(20) === 0 ? 'Guest' : 'Member',
    accountEnabled: dice.below(50) !== 0,
    managerId: dice.pick(state.users).id,
    createdAt: now - dice.below(1000) * DAY,
  };
}

function workload(state: State, dice: Dice, number: number, now: number): ServicePrincipal {
  const isManaged = dice.below(3) === 0;
  return {
    id: dice.guid('5ca1e003'),
    appId: dice.guid('5ca1e004'),
    displayName: `workload-${number}`,
    servicePrincipalType: isManaged ? 'ManagedIdentity' : 'Application',
    accountEnabled: true,
    appOwnerOrganizationId: isManaged ? null : state.tenantId,
    alternativeNames: [],
    ownerIds: isManaged ? [] : [dice.pick(state.users).id],
    tags: [],
    createdAt: now - dice.below(1000) * DAY,
  };
}

/** Every fifth group holds earlier ones too: nested, and never in a ring. */
function addGroups(state: State, dice: Dice, count: number, now: number): void {
  const made: Group[] = [];
  for (let number = 0; number < count; number += 1) {
    const nested = number % 5 === 4 ? [dice.pick(made).id, dice.pick(made).id] : [];
    const members = Array.from({ length: 3 + dice.below(20) }, () => dice.pick(state.users).id);
    made.push({
      id: dice.guid('5ca1e002'),
      displayName: `sg-scale-${number}`,
      description: null,
      mailNickname: `sg-scale-${number}`,
      isAssignableToRole: number % 4 === 0,
      memberIds: [...new Set([...members, ...nested])],
      ownerIds: [dice.pick(state.users).id],
      createdAt: now - dice.below(1000) * DAY,
    });
  }
  state.groups.push(...made);
}
