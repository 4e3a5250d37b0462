import type { Credential } from './credential.ts';
import { namesIn } from './read-variables.ts';
import { sandboxTenant } from './sandbox.ts';
import { textOf } from './text-of.ts';

/** Slack as the environment has it. */
export interface SlackSecrets {
  signingSecret: string;
  botToken: string;
  /** `https://slack.com`; in the sandbox it may be a local server of the same shapes. */
  origin: string;
}

/** The bot of Microsoft Teams as the environment has it. */
export interface TeamsSecrets {
  appId: string;
  credential: Credential;
  /** The tenant that gives the bot its tokens: `botframework.com` for a bot of many tenants, else the bot's own. */
  appTenant: string;
  /** Where the Bot Framework describes its keys, and where the bot gets tokens. */
  metadataOrigin: string;
  loginOrigin: string;
  /** Hosts that a conversation may be on. */
  serviceHosts: readonly string[];
  tenantId: string;
}

/** What the environment holds for chats; null: that chat is not set up. */
export interface ChatSecrets {
  slack: SlackSecrets | null;
  teams: TeamsSecrets | null;
  reach: { hosts: readonly string[]; sandbox: boolean };
}

/**
 * Slack by STINT_SLACK_SIGNING_SECRET and STINT_SLACK_BOT_TOKEN, Teams by STINT_TEAMS_APP_ID with STINT_TEAMS_APP_SECRET,
 * _CERTIFICATE_PATH or _FEDERATED_TOKEN_FILE. A secret may be in a file instead, named by the same with _FILE.
 */
export function readChatSecrets(variables: Record<string, string | undefined>): ChatSecrets {
  const sandbox = !variables.AZURE_TENANT_ID;
  const of = (name: string) => variables[name]?.trim() || undefined;
  const secret = (name: string) => of(name) ?? textOf(of(`${name}_FILE`));
  const inSandbox = (name: string, usual: string) => (sandbox && of(name)) || usual;
  const signingSecret = secret('STINT_SLACK_SIGNING_SECRET');
  const botToken = secret('STINT_SLACK_BOT_TOKEN');
  const appId = of('STINT_TEAMS_APP_ID')?.toLowerCase();
  const credential = botCredential(
    of('STINT_TEAMS_APP_FEDERATED_TOKEN_FILE'),
    of('STINT_TEAMS_APP_CERTIFICATE_PATH'),
    secret('STINT_TEAMS_APP_SECRET'),
  );
  const slackOrigin = inSandbox('STINT_SLACK_ORIGIN', 'https://slack.com');
  return {
    slack: signingSecret && botToken ? { signingSecret, botToken, origin: slackOrigin } : null,
    teams: appId && credential ? { appId, credential, ...teamsSurroundings(of, inSandbox) } : null,
    reach: { hosts: [], sandbox },
  };
}

function teamsSurroundings(
  of: (name: string) => string | undefined,
  inSandbox: (name: string, usual: string) => string,
) {
  return {
    appTenant: of('STINT_TEAMS_APP_TENANT') ?? 'botframework.com',
    metadataOrigin: inSandbox('STINT_TEAMS_ORIGIN', 'https://login.botframework.com'),
    loginOrigin: inSandbox('STINT_TEAMS_ORIGIN', 'https://login.microsoftonline.com'),
    serviceHosts: ['smba.trafficmanager.net', ...namesIn(of('STINT_TEAMS_SERVICE_HOSTS') ?? '')],
    tenantId: of('AZURE_TENANT_ID')?.toLowerCase() ?? sandboxTenant,
  };
}

function botCredential(tokenFile?: string, pemFile?: string, secret?: string): Credential | null {
  if (tokenFile) return { kind: 'federated', tokenFile };
  if (pemFile) return { kind: 'certificate', pemFile };
  return secret ? { kind: 'secret', secret } : null;
}
