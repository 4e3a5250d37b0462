import type { Config } from '#lib/config/config.ts';
import type { Audience } from '#lib/domain/plane.ts';
import { accountPort } from './account/live.ts';
import { applierPort, proofPort } from './applier/live.ts';
import { placesPort } from './arm/places.ts';
import { armPort } from './arm/port.ts';
import { entraDialect } from './graph/entra.ts';
import { groupDialect } from './graph/group.ts';
import { graphPort } from './graph/port.ts';
import { inventoryPort } from './inventory/live.ts';
import type { LiveOptions } from './live-options.ts';
import type {
  AccountPort,
  ApplierPort,
  InventoryPort,
  PersonPorts,
  PlacesPort,
  ProofPort,
  ReaderPort,
} from './ports.ts';
import { armCharge, graphCharge } from './quota/rates.ts';
import { throttle } from './quota/throttle.ts';
import { readActivated } from './reader/activated.ts';
import { readerCalls } from './reader/calls.ts';
import { readEverywhere } from './reader/everywhere.ts';
import { readLocks } from './reader/locks.ts';
import { readPeople } from './reader/people.ts';
import { readPolicy } from './reader/policy.ts';
import { readRoleDefinition } from './reader/role-definition.ts';
import { readWhoActivated } from './reader/who-activated.ts';

type Origins = Pick<Config, 'graphOrigin' | 'armOrigin'>;
type Trace = Pick<LiveOptions, 'traceId'>;

/** The three planes through Microsoft's SDKs, with the signed-in person's own tokens. */
export function livePersonPorts(config: Origins, trace: Trace = {}): PersonPorts {
  const options = { ...trace, graphOrigin: config.graphOrigin, armOrigin: config.armOrigin };
  return {
    entra: graphPort(options, entraDialect),
    group: graphPort(options, groupDialect),
    azure: armPort(options),
  };
}

/** Where the signed-in person may activate something below a scope, with their own token. */
export function livePlaces(config: Origins, trace: Trace = {}): PlacesPort {
  return placesPort({ ...trace, graphOrigin: config.graphOrigin, armOrigin: config.armOrigin });
}

/** The signed-in person's own account, with their token. */
export function liveAccount(config: Origins, trace: Trace = {}): AccountPort {
  return accountPort({ ...trace, graphOrigin: config.graphOrigin, armOrigin: config.armOrigin });
}

/** The Reader identity through Microsoft's SDKs; `token` gives its application tokens. */
export function liveReader(
  config: Origins & Partial<Pick<Config, 'appOrigin'>>,
  token: (audience: Audience) => Promise<string>,
  trace: Trace = {},
): ReaderPort {
  const { appOrigin, armOrigin, graphOrigin } = config;
  const options = { ...trace, graphOrigin, armOrigin, appOrigin };
  const calls = readerCalls(options, token);
  return {
    policy: (role) => readPolicy(calls, role),
    roleDefinition: (role) => readRoleDefinition(calls, role),
    people: async (ids) => readPeople(await calls.graph(), ids),
    activated: (role, principalId) => readActivated(calls, role, principalId),
    locks: (subscriptionId) => readLocks(calls, subscriptionId),
    activatedEverywhere: (plane, knownGroups) => readEverywhere(calls, plane, knownGroups),
    whoActivated: async (activation) => readWhoActivated(await calls.graph(), activation),
  };
}

/** The Reader again, over the whole tenant, page by page, within Azure's quotas as far as this process goes. */
export function liveInventory(
  config: Origins & Pick<Config, 'ownClientIds' | 'tenantId'> & Partial<Pick<Config, 'appOrigin'>>,
  token: (audience: Audience) => Promise<string>,
  trace: Trace = {},
): InventoryPort {
  const { appOrigin, graphOrigin, armOrigin, ownClientIds, tenantId } = config;
  const tenant = { people: 0, counted: 0 };
  const quota = { graph: throttle((url) => graphCharge(url, tenant.people)), arm: throttle(armCharge) };
  const calls = readerCalls({ ...trace, appOrigin, graphOrigin, armOrigin, quota }, token);
  const port = inventoryPort(calls, tenantId, new Set(ownClientIds.map((id) => id.toLowerCase())));
  return {
    async page(part, cursor) {
      const found = await port.page(part, cursor);
      if (part.list === 'users') {
        tenant.counted = (cursor === null ? 0 : tenant.counted) + found.principals.length;
        tenant.people = Math.max(tenant.people, tenant.counted);
      }
      return found;
    },
  };
}

/** The Applier identity; `token` gives its application tokens. For the process that holds its credential alone. */
export function liveApplier(
  config: Origins,
  clientId: string,
  token: (audience: Audience) => Promise<string>,
  trace: Trace = {},
): ApplierPort {
  const { graphOrigin, armOrigin } = config;
  return applierPort({ ...trace, graphOrigin, armOrigin }, clientId, token);
}

/** The Reader, proving what the Applier did. */
export function liveProof(
  config: Origins,
  token: (audience: Audience) => Promise<string>,
  trace: Trace = {},
): ProofPort {
  const { graphOrigin, armOrigin } = config;
  return proofPort({ ...trace, graphOrigin, armOrigin }, token);
}
