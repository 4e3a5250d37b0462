import { chatSecrets } from '#lib/config/config.ts';
import { verifyBotToken } from './bot-token.ts';
import type { TeamsActivity } from './calls.ts';
import { type Connector, connector, serviceAddress } from './connector.ts';
import { ownToken } from './own-token.ts';

/** The bot of Microsoft Teams as this process's environment sets it up. */
export interface Teams {
  connector: Connector;
  /** @throws BotTokenRefused; NotifyFault for a service that Stint does not call */
  verify(authorization: string | null, activity: TeamsActivity): Promise<void>;
  tenantId: string;
}

const held = globalThis as { stintBotToken?: { of: string; token: () => Promise<string> } };

/** null: Teams is not set up. */
export function liveTeams(): Teams | null {
  const { teams, reach } = chatSecrets();
  if (!teams) return null;
  const of = JSON.stringify(teams);
  if (held.stintBotToken?.of !== of) held.stintBotToken = { of, token: ownToken(teams, reach) };
  return {
    connector: connector(held.stintBotToken.token, teams, reach),
    async verify(authorization, activity) {
      await verifyBotToken(authorization, activity, teams);
      serviceAddress(activity.serviceUrl, teams);
    },
    tenantId: teams.tenantId,
  };
}
