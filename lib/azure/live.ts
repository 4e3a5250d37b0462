import type { Config } from '#lib/config.ts';
import type { Audience } from '#lib/domain/plane.ts';
import { armPort } from './arm/port.ts';
import { entraDialect } from './graph/entra.ts';
import { groupDialect } from './graph/group.ts';
import { graphPort } from './graph/port.ts';
import { inventoryPort } from './inventory/live.ts';
import type { LiveOptions } from './live-options.ts';
import type { InventoryPort, PersonPorts, ReaderPort } from './ports.ts';
import { readActivated } from './reader/activated.ts';
import { readerCalls } from './reader/calls.ts';
import { readEverywhere } from './reader/everywhere.ts';
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

/** The Reader identity through Microsoft's SDKs; `token` gives its application tokens. */
export function liveReader(
  config: Origins,
  token: (audience: Audience) => Promise<string>,
  trace: Trace = {},
): ReaderPort {
  const options = { ...trace, graphOrigin: config.graphOrigin, armOrigin: config.armOrigin };
  const calls = readerCalls(options, token);
  return {
    policy: (role) => readPolicy(calls, role),
    roleDefinition: (role) => readRoleDefinition(calls, role),
    people: async (ids) => readPeople(await calls.graph(), ids),
    activated: (role, principalId) => readActivated(calls, role, principalId),
    activatedEverywhere: (plane, knownGroups) => readEverywhere(calls, plane, knownGroups),
    whoActivated: async (activation) => readWhoActivated(await calls.graph(), activation),
  };
}

/** The Reader again, over the whole tenant, page by page. */
export function liveInventory(
  config: Origins & Pick<Config, 'signIn' | 'reader'>,
  token: (audience: Audience) => Promise<string>,
  trace: Trace = {},
): InventoryPort {
  const { graphOrigin, armOrigin, signIn, reader } = config;
  const own = new Set([signIn.clientId, reader.clientId]);
  return inventoryPort(readerCalls({ ...trace, graphOrigin, armOrigin }, token), own);
}
