import { type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import { everywhere, told } from './fake/everywhere.ts';
import { fakePlaces } from './fake/places.ts';
import { activeOf, fakePort } from './fake/port.ts';
import { type FakeState, settle } from './fake/state.ts';
import { roles as contosoRoles, type FakeRole, people } from './fake/tenant.ts';
import type { AzureFault } from './faults.ts';
import type { AzurePorts, PersonPort, PlacesPort, ReaderPort } from './ports.ts';

type Call = keyof PersonPort | keyof PlacesPort | keyof ReaderPort;

export interface FakeAzure extends AzurePorts {
  /** Every call made, in order; `failed` when a planned fault struck it. */
  journal: { at: Plane | 'places' | 'reader'; call: Call; failed: boolean }[];
  /** The next call of this name ends in the fault: before it has its effect, or after. */
  failNext(call: Call, fault: AzureFault, when?: 'before' | 'after'): void;
  /** Activations granted from now on stay out of sight for so long. Milliseconds. */
  delayVisibility(milliseconds: number): void;
  /** What is shown works only so much later. */
  delayWorking(milliseconds: number): void;
  /** From now on these places do not answer a reading of the whole tenant; none: all do. */
  silence(...places: string[]): void;
}

/**
 * A tenant in memory, for unit tests of what uses the ports: people and roles are in fake/tenant.ts,
 * tokens come from fake/token.ts. Behaves like PIM as far as the ports show it, by the clock handed in.
 */
export function fakeAzure({
  now,
  roles = Object.values(contosoRoles),
}: {
  now: () => Date;
  roles?: FakeRole[];
}): FakeAzure {
  const state: FakeState = { now, roles, requests: [], visibleAfter: 0, worksAfter: 0, silent: new Set() };
  const journal: FakeAzure['journal'] = [];
  const planned: { call: string; fault: AzureFault; when: 'before' | 'after' }[] = [];

  function watched<T extends PersonPort | PlacesPort | ReaderPort>(
    at: Plane | 'places' | 'reader',
    port: T,
  ): T {
    return new Proxy(port, {
      get(target, call: Call) {
        const method: unknown = Reflect.get(target, call);
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]) => {
          const index = planned.findIndex((plan) => plan.call === call);
          const plan = index < 0 ? null : planned.splice(index, 1)[0];
          journal.push({ at, call, failed: Boolean(plan) });
          if (plan?.when === 'before') throw plan.fault;
          const answer: unknown = await Reflect.apply(method, target, given);
          if (plan) throw plan.fault;
          return answer;
        };
      },
    });
  }

  return {
    person: {
      entra: watched('entra', fakePort(state, 'entra')),
      azure: watched('azure', fakePort(state, 'azure')),
      group: watched('group', fakePort(state, 'group')),
    },
    places: watched('places', fakePlaces(state)),
    reader: watched('reader', fakeReader(state)),
    journal,
    failNext: (call, fault, when = 'before') => planned.push({ call, fault, when }),
    delayVisibility: (milliseconds) => {
      state.visibleAfter = milliseconds;
    },
    delayWorking: (milliseconds) => {
      state.worksAfter = milliseconds;
    },
    silence: (...places) => {
      state.silent = new Set(places);
    },
  };
}

function fakeReader(state: FakeState): ReaderPort {
  const find = (role: RoleAtScope) => state.roles.find((one) => roleKey(one) === roleKey(role));
  return {
    policy: async (role) => find(role)?.policy ?? null,
    roleDefinition: async (role) => {
      const found = find(role);
      return found ? definitionOf(found) : null;
    },
    people: async (ids) => Object.values(people).filter(({ id }) => ids.includes(id)),
    async activated(role, principalId) {
      settle(state);
      return activeOf(state, principalId).find((row) => roleKey(row) === roleKey(role)) ?? null;
    },
    locks: async () => [],
    activatedEverywhere: async (plane) => everywhere(state, plane),
    whoActivated: async (seen) => told(state, seen),
  };
}

function definitionOf({ plane, roleId, roleName }: FakeRole): RoleDefinition {
  return {
    plane,
    id: roleId,
    name: roleName,
    description: '',
    isBuiltIn: true,
    isPrivileged: plane === 'entra' ? true : null,
    actions: plane === 'azure' ? ['*/read'] : [],
    notActions: [],
    dataActions: [],
    notDataActions: [],
  };
}
