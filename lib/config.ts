/**
 * The environment, read once, checked, frozen. The only file that reads process.env, and so longer than others.
 * Without AZURE_TENANT_ID Stint runs in the sandbox: its authority is the local emulator, and every
 * value has a default. With it nothing secret has one.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

/** How a registration proves itself to Entra, in the order of preference in production. */
export type Credential =
  | { kind: 'federated'; tokenFile: string }
  | { kind: 'certificate'; pemFile: string }
  | { kind: 'secret'; secret: string };

export interface Identity {
  clientId: string;
  credential: Credential;
}

/** What every process of Stint knows, whoever it is; no credential is among it. */
export interface Surroundings {
  sandbox: boolean;
  tenantId: string;
  /** Origin of the authority, such as `https://login.microsoftonline.com`. */
  authorityOrigin: string;
  graphOrigin: string;
  armOrigin: string;
  databaseUrl: string | null;
  dataFolder: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Sandbox and tests only: the named step at which the process kills itself. */
  failAt: string | null;
}

/** The mail server, and as whom Stint writes. */
export interface MailWay {
  host: string;
  port: number;
  /** Encrypted from the first byte, by STARTTLS or not at all, or in the clear. */
  tls: 'at_once' | 'starttls' | 'none';
  login: { user: string; password: string } | null;
  from: string;
}

export interface Config extends Surroundings {
  /** The emulator's plain-HTTP door, where browsers sign in; null outside the sandbox. */
  emulatorHttpOrigin: string | null;
  signIn: Identity;
  reader: Identity;
  /** The browser registration by which Stint itself asks for a fresh sign-in; null: it never asks. */
  stepUpClientId: string | null;
  /** The registration whose tokens PIM shows when it asks Stint as its custom extension; null: it is never asked. */
  pimExtension: { clientId: string; audience: string } | null;
  /** Where people reach Stint; cookies, origin checks and redirect URIs hang on it. */
  appOrigin: string;
  port: number;
  /** 32 bytes, base64. null: in the sandbox one is made and kept in the data folder. */
  serverKey: string | null;
  jobs: 'inside' | 'worker';
  /** What a scraper of /api/metrics must bring; null: there is no such page. */
  metricsToken: string | null;
  /** How many proxies in front of Stint add to X-Forwarded-For; 0: the header is not read. */
  proxies: number;
  /** Every rate limit times this. */
  rateFactor: number;
  /** Accounts sealed for emergencies: object ids or user principal names, lower case. */
  breakGlass: readonly string[];
  /** null: Stint sends no mail. */
  mail: MailWay | null;
  /** Inner hosts that webhooks may be sent to all the same. */
  webhookHosts: readonly string[];
  /** Client ids of Stint's own registrations, whose every new credential, owner and role holder is told. */
  ownClientIds: readonly string[];
}

/** A setting that cannot be used; the message names the variable and says what to put there. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

const text = z.string().trim().min(1);
const port = z.coerce.number().int().min(0).max(65535);
const httpsOrigin = z.url({ protocol: /^https$/ }).transform((value) => new URL(value).origin);

const schema = z.object({
  AZURE_TENANT_ID: z.guid('must be the tenant’s GUID').toLowerCase().optional(),
  AZURE_CLIENT_ID: z.guid('must be the GUID of Stint’s app registration').toLowerCase().optional(),
  AZURE_CLIENT_SECRET: text.optional(),
  AZURE_CLIENT_CERTIFICATE_PATH: text.optional(),
  AZURE_FEDERATED_TOKEN_FILE: text.optional(),
  STINT_READER_CLIENT_ID: z.guid('must be the GUID of the Reader registration').toLowerCase().optional(),
  STINT_READER_CLIENT_SECRET: text.optional(),
  STINT_READER_CERTIFICATE_PATH: text.optional(),
  STINT_READER_FEDERATED_TOKEN_FILE: text.optional(),
  STINT_STEP_UP_CLIENT_ID: z.guid('must be the GUID of the step-up registration').toLowerCase().optional(),
  STINT_PIM_EXTENSION_CLIENT_ID: z
    .guid('must be the GUID of the registration for PIM’s custom extension')
    .toLowerCase()
    .optional(),
  STINT_PIM_EXTENSION_AUDIENCE: text.optional(),
  STINT_APPLIER_CLIENT_ID: z.guid('must be the GUID of the Applier registration').toLowerCase().optional(),
  STINT_APPLIER_CLIENT_SECRET: text.optional(),
  STINT_APPLIER_CERTIFICATE_PATH: text.optional(),
  STINT_APPLIER_FEDERATED_TOKEN_FILE: text.optional(),
  AZURE_AUTHORITY_HOST: httpsOrigin.default('https://login.microsoftonline.com'),
  GRAPH_ENDPOINT: httpsOrigin.default('https://graph.microsoft.com'),
  ARM_ENDPOINT: httpsOrigin.default('https://management.azure.com'),
  APP_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  STINT_SECRET: text.optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/stint' })
    .optional(),
  STINT_DATA: text.default('.stint'),
  STINT_JOBS: z.enum(['inside', 'worker']).default('inside'),
  PORT: port.default(3000),
  EMULATOR_HTTPS_PORT: port.default(4443),
  EMULATOR_HTTP_PORT: port.default(4400),
  STINT_METRICS_TOKEN: text.min(16, 'must have at least 16 characters: openssl rand -hex 24').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  STINT_BREAK_GLASS: text.optional(),
  STINT_WATCHED_CLIENT_IDS: text.optional(),
  STINT_SMTP_URL: z
    .url({
      protocol: /^(smtps?|smtp\+insecure)$/,
      error: 'must look like smtps://user:password@mail.example.com',
    })
    .optional(),
  STINT_SMTP_PASSWORD_FILE: text.optional(),
  STINT_MAIL_FROM: z.email('must be an address, such as stint@example.com').optional(),
  STINT_WEBHOOK_HOSTS: text.optional(),
  STINT_FAIL_AT: text.optional(),
  STINT_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  STINT_RATE_FACTOR: z.coerce.number().min(0.1).max(10_000).default(1),
});

type Environment = z.infer<typeof schema>;

const sandboxTenant = 'c0470500-0000-4000-8000-000000000001';
const sandboxSignIn: Identity = {
  clientId: '5717a000-0000-4000-8000-000000000001',
  credential: { kind: 'secret', secret: 'sandbox-secret' },
};
const sandboxReader: Identity = {
  clientId: '5717a000-0000-4000-8000-000000000003',
  credential: { kind: 'secret', secret: 'reader-secret' },
};
const sandboxApplier: Identity = {
  clientId: '5717a000-0000-4000-8000-000000000004',
  credential: { kind: 'secret', secret: 'applier-secret' },
};
/** The page that asks for a stronger sign-in: a browser, which has nothing to prove itself with. */
const sandboxStepUp = '5717a000-0000-4000-8000-000000000005';
/** PIM calls Stint with tokens for it; it has no credential, since Stint asks for nothing as it. */
const sandboxExtension = '5717a000-0000-4000-8000-000000000006';
const sandboxWatched = `${sandboxApplier.clientId}, ${sandboxStepUp}, ${sandboxExtension}`;
const sandboxBreakGlass = 'breakglass.one@contoso.example, breakglass.two@contoso.example';
const sandboxSecrets = new Set(['sandbox-secret', 'reader-secret', 'applier-secret', 'machine-secret']);

/**
 * Reads a set of environment variables, for the portal and the worker.
 * @throws ConfigError naming the variable that is missing or wrong, or that is the Applier's alone.
 */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const env = parse(variables);
  return Object.freeze(env.AZURE_TENANT_ID ? tenantConfig(env) : sandboxConfig(env));
}

/**
 * The Applier's identity, for its own process and nobody else.
 * @throws ConfigError naming the variable that is missing or wrong.
 */
export function readApplierIdentity(variables: Record<string, string | undefined>): Identity {
  const env = parse(variables);
  if (!env.AZURE_TENANT_ID) return sandboxApplier;
  return {
    clientId: need(
      env.STINT_APPLIER_CLIENT_ID,
      'STINT_APPLIER_CLIENT_ID',
      'the client id of the Applier registration',
    ),
    credential: credential(
      'STINT_APPLIER_FEDERATED_TOKEN_FILE, STINT_APPLIER_CERTIFICATE_PATH or STINT_APPLIER_CLIENT_SECRET',
      env.STINT_APPLIER_FEDERATED_TOKEN_FILE,
      env.STINT_APPLIER_CERTIFICATE_PATH,
      env.STINT_APPLIER_CLIENT_SECRET,
    ),
  };
}

function parse(variables: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${String(issue?.path[0])}: ${issue?.message ?? 'cannot be used'}`);
  }
  return parsed.data;
}

/** Where this is: the same for every process. */
function surroundingsOf(env: Environment): Surroundings {
  const own = {
    databaseUrl: env.DATABASE_URL ?? null,
    dataFolder: resolve(env.STINT_DATA),
    logLevel: env.LOG_LEVEL,
  };
  if (env.AZURE_TENANT_ID) {
    if (env.STINT_FAIL_AT) throw new ConfigError('STINT_FAIL_AT: is for the sandbox only; remove it.');
    return {
      ...{ ...own, sandbox: false, tenantId: env.AZURE_TENANT_ID, failAt: null },
      ...{ authorityOrigin: env.AZURE_AUTHORITY_HOST, graphOrigin: env.GRAPH_ENDPOINT },
      armOrigin: env.ARM_ENDPOINT,
    };
  }
  const emulator = `https://localhost:${env.EMULATOR_HTTPS_PORT}`;
  return {
    ...{ ...own, sandbox: true, tenantId: sandboxTenant, failAt: env.STINT_FAIL_AT ?? null },
    ...{ authorityOrigin: emulator, graphOrigin: emulator, armOrigin: emulator },
  };
}

/** The portal's credentials in the Applier's hands, or the Applier's in the portal's, would be one identity. */
function refuseAppliers(env: Environment): void {
  const [name] = Object.keys(env).filter((one) => one.startsWith('STINT_APPLIER_'));
  if (name === undefined) return;
  throw new ConfigError(
    `${name}: is the Applier’s alone. Set it for npm run applier only, and remove it from the portal’s and the worker’s environment.`,
  );
}

function shared(env: Environment) {
  if (env.STINT_JOBS === 'worker' && !env.DATABASE_URL) {
    throw new ConfigError(
      'STINT_JOBS: a worker of its own needs PostgreSQL; set DATABASE_URL, or leave the jobs inside.',
    );
  }
  return {
    ...surroundingsOf(env),
    port: env.PORT,
    jobs: env.STINT_JOBS,
    metricsToken: env.STINT_METRICS_TOKEN ?? null,
    proxies: env.STINT_PROXIES,
    rateFactor: env.STINT_RATE_FACTOR,
    breakGlass: namesIn(env.STINT_BREAK_GLASS ?? ''),
    mail: mailWay(env),
    webhookHosts: namesIn(env.STINT_WEBHOOK_HOSTS ?? ''),
  };
}

/** Outside the sandbox letters go encrypted, unless the address itself says otherwise. */
function mailWay(env: Environment): MailWay | null {
  if (!env.STINT_SMTP_URL) return null;
  const { protocol, hostname, port: named, username, password } = new URL(env.STINT_SMTP_URL);
  const tls = protocol === 'smtps:' ? 'at_once' : protocol === 'smtp:' ? 'starttls' : 'none';
  const kept = env.STINT_SMTP_PASSWORD_FILE && readSecret(env.STINT_SMTP_PASSWORD_FILE);
  const user = decodeURIComponent(username);
  return {
    ...{ host: hostname.replace(/^\[|\]$/g, ''), tls },
    port: Number(named) || (tls === 'at_once' ? 465 : tls === 'starttls' ? 587 : 25),
    login: user === '' ? null : { user, password: kept || decodeURIComponent(password) },
    from: need(env.STINT_MAIL_FROM, 'STINT_MAIL_FROM', 'the address that Stint’s mail comes from'),
  };
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new ConfigError(`STINT_SMTP_PASSWORD_FILE: ${file} cannot be read.`);
  }
}

function namesIn(list: string): string[] {
  return list
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((name) => name !== '');
}

function sandboxConfig(env: Environment): Config {
  return {
    ...shared(env),
    breakGlass: namesIn(env.STINT_BREAK_GLASS ?? sandboxBreakGlass),
    ownClientIds: [
      sandboxSignIn.clientId,
      sandboxReader.clientId,
      ...namesIn(env.STINT_WATCHED_CLIENT_IDS ?? sandboxWatched),
    ],
    emulatorHttpOrigin: `http://localhost:${env.EMULATOR_HTTP_PORT}`,
    signIn: sandboxSignIn,
    reader: sandboxReader,
    stepUpClientId: sandboxStepUp,
    pimExtension: { clientId: sandboxExtension, audience: `api://localhost/${sandboxExtension}` },
    appOrigin: env.APP_ORIGIN ? new URL(env.APP_ORIGIN).origin : `http://localhost:${env.PORT}`,
    serverKey: env.STINT_SECRET ? serverKey(env.STINT_SECRET) : null,
  };
}

function tenantConfig(env: Environment): Config {
  refuseAppliers(env);
  const appOrigin = need(
    env.APP_ORIGIN,
    'APP_ORIGIN',
    'the https address people open, such as https://stint.example.com',
  );
  if (!appOrigin.startsWith('https:')) {
    throw new ConfigError('APP_ORIGIN: must be https outside the sandbox.');
  }
  const signInId = need(env.AZURE_CLIENT_ID, 'AZURE_CLIENT_ID', 'the client id of Stint’s app registration');
  const readerId = need(
    env.STINT_READER_CLIENT_ID,
    'STINT_READER_CLIENT_ID',
    'the client id of the Reader registration',
  );
  const stepUpId = env.STINT_STEP_UP_CLIENT_ID ?? null;
  return {
    ...shared(env),
    ownClientIds: [
      ...[signInId, readerId, stepUpId, env.STINT_PIM_EXTENSION_CLIENT_ID ?? null],
      ...namesIn(env.STINT_WATCHED_CLIENT_IDS ?? ''),
    ].filter((id) => id !== null),
    emulatorHttpOrigin: null,
    signIn: {
      clientId: signInId,
      credential: credential(
        'AZURE_FEDERATED_TOKEN_FILE, AZURE_CLIENT_CERTIFICATE_PATH or AZURE_CLIENT_SECRET',
        env.AZURE_FEDERATED_TOKEN_FILE,
        env.AZURE_CLIENT_CERTIFICATE_PATH,
        env.AZURE_CLIENT_SECRET,
      ),
    },
    reader: {
      clientId: readerId,
      credential: credential(
        'STINT_READER_FEDERATED_TOKEN_FILE, STINT_READER_CERTIFICATE_PATH or STINT_READER_CLIENT_SECRET',
        env.STINT_READER_FEDERATED_TOKEN_FILE,
        env.STINT_READER_CERTIFICATE_PATH,
        env.STINT_READER_CLIENT_SECRET,
      ),
    },
    stepUpClientId: stepUpId,
    pimExtension: extensionOf(env, new URL(appOrigin)),
    appOrigin: new URL(appOrigin).origin,
    serverKey: serverKey(
      need(env.STINT_SECRET, 'STINT_SECRET', '32 random bytes in base64: openssl rand -base64 32'),
    ),
  };
}

/** Entra wants an Application ID URI that names the endpoint's host and ends with the client id. */
function extensionOf(env: Environment, appOrigin: URL): Config['pimExtension'] {
  const clientId = env.STINT_PIM_EXTENSION_CLIENT_ID;
  const audience = env.STINT_PIM_EXTENSION_AUDIENCE;
  if (!clientId) {
    if (!audience) return null;
    throw new ConfigError(
      'STINT_PIM_EXTENSION_CLIENT_ID: is not set, though STINT_PIM_EXTENSION_AUDIENCE is. Set both, or neither.',
    );
  }
  const wanted = `api://${appOrigin.hostname}/${clientId}`;
  if (audience && audience.toLowerCase() !== wanted) {
    throw new ConfigError(`STINT_PIM_EXTENSION_AUDIENCE: must be ${wanted}, the Application ID URI.`);
  }
  return { clientId, audience: audience ?? wanted };
}

function need(value: string | undefined, name: string, what: string): string {
  if (value === undefined) throw new ConfigError(`${name}: is not set. Set it to ${what}.`);
  return value;
}

function serverKey(value: string): string {
  if (Buffer.from(value, 'base64').length !== 32) {
    throw new ConfigError('STINT_SECRET: must be exactly 32 bytes in base64: openssl rand -base64 32');
  }
  return value;
}

function credential(names: string, tokenFile?: string, pemFile?: string, secret?: string): Credential {
  if (tokenFile) return { kind: 'federated', tokenFile };
  if (pemFile) return { kind: 'certificate', pemFile };
  if (!secret)
    throw new ConfigError(`${names}: one of them must be set; see README, “Connect a real tenant”.`);
  if (sandboxSecrets.has(secret)) {
    throw new ConfigError(`${names}: this is a sandbox secret, which everybody knows. Use one of your own.`);
  }
  return { kind: 'secret', secret };
}

let current: Config | undefined;

/** The configuration of this process. Read at the first call, so that a build never needs one. */
export function config(): Config {
  current ??= readConfig(process.env);
  return current;
}

/** The Applier's identity, from this process's environment. Only the Applier's own process asks. */
export function applierIdentity(): Identity {
  return readApplierIdentity(process.env);
}

let around: Surroundings | undefined;

/** Where this process is, whichever of Stint's it is. */
export function surroundings(): Surroundings {
  around ??= Object.freeze(surroundingsOf(parse(process.env)));
  return around;
}

/** What the environment holds for ticket systems: a credential by its name, and hosts that may be called though inner. */
export interface TicketSecrets {
  access(name: string): { user: string | null; token: string } | null;
  reach: { hosts: readonly string[]; sandbox: boolean };
}

/** STINT_TICKET_<NAME>_TOKEN or …_TOKEN_FILE, with …_USER where there is one; a file is read anew each time. */
export function readTicketSecrets(variables: Record<string, string | undefined>): TicketSecrets {
  return {
    access: (name) => {
      const of = (what: string) => variables[`STINT_TICKET_${name}_${what}`]?.trim() || undefined;
      const token = of('TOKEN') ?? textOf(of('TOKEN_FILE'));
      return token ? { user: of('USER') ?? null, token } : null;
    },
    reach: { hosts: namesIn(variables.STINT_TICKET_HOSTS ?? ''), sandbox: !variables.AZURE_TENANT_ID },
  };
}

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

function textOf(path: string | undefined): string | undefined {
  try {
    return path && readFileSync(path, 'utf8').trim();
  } catch {
    // Said where it is used: it is not set.
    return undefined;
  }
}

/** What this process's environment holds for chats. */
export function chatSecrets(): ChatSecrets {
  return readChatSecrets(process.env);
}

/** The same of this process. */
export function ticketSecrets(): TicketSecrets {
  return readTicketSecrets(process.env);
}
