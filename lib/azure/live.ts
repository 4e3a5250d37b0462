import type { Config } from '#lib/config.ts';
import { armCalls } from './arm/calls.ts';
import { armPort } from './arm/port.ts';
import { graphCalls } from './graph/calls.ts';
import { entraDialect } from './graph/entra.ts';
import { groupDialect } from './graph/group.ts';
import { graphPort } from './graph/port.ts';
import type { LiveOptions } from './live-options.ts';
import type { Audience, PersonPorts, ReaderPort } from './ports.ts';
import { readActivated } from './reader/activated.ts';
import { readPeople } from './reader/people.ts';
import { readPolicy } from './reader/policy.ts';
import { readRoleDefinition } from './reader/role-definition.ts';

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
  const graph = async () => graphCalls(options, await token('graph'));
  const arm = async () => armCalls(options, await token('arm'));
  return {
    policy: async (role) => readPolicy(await graph(), await arm(), role),
    roleDefinition: async (role) => readRoleDefinition(await graph(), await arm(), role),
    people: async (ids) => readPeople(await graph(), ids),
    activated: async (role, principalId) => readActivated(await graph(), await arm(), role, principalId),
  };
}
