/**
 * The contract against a real tenant. Runs when STINT_CONTRACT_TENANT is set; needs beside it:
 *   STINT_CONTRACT_READER_ID, STINT_CONTRACT_READER_SECRET   the Reader registration
 *   STINT_CONTRACT_TOKENS   JSON: {"<object id>": {"graph": "<access token>", "arm": "<access token>",
 *                           "graphWithoutMfa": "…"?, "armWithoutMfa": "…"?}} of every person in the cast,
 *                           fresh (tokens live about an hour), of Stint's own sign-in registration
 *   STINT_CONTRACT_CAST     JSON of `Cast` in testing/bench.ts: people and roles of a tenant made for tests
 * Each plane's plain role is activated for real, for an hour: run it again after that. What needs the clock
 * moved, or Azure made to fail, and what else gives access, is left out by name.
 */
import { ConfidentialClientApplication } from '@azure/msal-node';
import { describe, test } from 'vitest';
import { z } from 'zod';
import { audienceOf, planes } from '#lib/domain/plane.ts';
import { describePorts } from './contract.ts';
import { livePersonPorts, livePlaces, liveReader } from './live.ts';
import type { Bench, Cast } from './testing/bench.ts';

const tenant = process.env.STINT_CONTRACT_TENANT;

if (tenant) describePorts(`tenant ${tenant}`, () => realBench(tenant));
else describe('the ports on a real tenant', () => test.skip('STINT_CONTRACT_TENANT is not set', () => {}));

const origins = {
  graphOrigin: 'https://graph.microsoft.com',
  armOrigin: 'https://management.azure.com',
};

const variables = z.object({
  STINT_CONTRACT_READER_ID: z.guid(),
  STINT_CONTRACT_READER_SECRET: z.string().min(1),
  STINT_CONTRACT_TOKENS: z.string().transform((text) => tokens.parse(JSON.parse(text))),
  STINT_CONTRACT_CAST: z.string().transform((text): Cast => JSON.parse(text)),
});
const tokens = z.record(z.string(), z.record(z.string(), z.string()));

async function realBench(tenantId: string): Promise<Bench> {
  const given = variables.parse(process.env);
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: given.STINT_CONTRACT_READER_ID,
      clientSecret: given.STINT_CONTRACT_READER_SECRET,
      authority: `https://login.microsoftonline.com/${tenantId}`,
    },
  });
  const reader = liveReader(origins, async (audience) => {
    const scope = `${audience === 'graph' ? origins.graphOrigin : origins.armOrigin}/.default`;
    const result = await client.acquireTokenByClientCredential({ scopes: [scope] });
    if (!result) throw new Error('The Reader got no token.');
    return result.accessToken;
  });
  const person = livePersonPorts(origins);
  const cast = given.STINT_CONTRACT_CAST;
  const token: Bench['token'] = async ({ id }, plane, session = { mfa: true }) => {
    const name = `${audienceOf[plane]}${session.mfa ? '' : 'WithoutMfa'}`;
    const found = given.STINT_CONTRACT_TOKENS[id]?.[name];
    if (!found) throw new Error(`STINT_CONTRACT_TOKENS has no ${name} token of ${id}.`);
    return found;
  };

  /** Takes back what the cast still waits for; granted access runs out by itself. */
  async function reset(): Promise<void> {
    const askers = [cast.engineer, cast.approversOwn.person];
    for (const plane of planes) {
      const waiting = await person[plane].awaitingMe(await token(cast.approvers[plane][0], plane));
      for (const role of waiting) {
        const asker = askers.find(({ id }) => id === role.principalId);
        if (asker && role.mark)
          await person[plane].cancel(await token(asker, plane), { azureId: role.azureId, role });
      }
    }
  }
  return {
    ports: { person, places: livePlaces(origins), reader },
    ...{ cast, token, reset },
    advance: null,
    throttle: null,
    loseAnswer: null,
    stop: reset,
  };
}
