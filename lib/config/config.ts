/**
 * The environment, read once, checked, frozen. The only file that reads process.env; what a group of variables means is in the files beside.
 * Without AZURE_TENANT_ID Stint runs in the sandbox: its authority is the local emulator, and every
 * value has a default. With it nothing secret has one.
 */
import { resolve } from 'node:path';
import { type ChatSecrets, readChatSecrets } from './chat-secrets.ts';
import { ConfigError } from './config-error.ts';
import { credential, type Identity } from './credential.ts';
import { type MailWay, mailWay } from './mail-way.ts';
import { type PimExtension, pimExtension } from './pim-extension.ts';
import { type Environment, namesIn, need, readVariables } from './read-variables.ts';
import {
  sandboxApplier,
  sandboxBreakGlass,
  sandboxExtension,
  sandboxReader,
  sandboxSignIn,
  sandboxStepUp,
  sandboxTenant,
  sandboxWatched,
} from './sandbox.ts';
import { readTicketSecrets, type TicketSecrets } from './ticket-secrets.ts';

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

export interface Config extends Surroundings {
  /** The emulator's plain-HTTP door, where browsers sign in; null outside the sandbox. */
  emulatorHttpOrigin: string | null;
  signIn: Identity;
  reader: Identity;
  /** The browser registration by which Stint itself asks for a fresh sign-in; null: it never asks. */
  stepUpClientId: string | null;
  /** null: PIM never asks Stint. */
  pimExtension: PimExtension | null;
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

/**
 * Reads a set of environment variables, for the portal and the worker.
 * @throws ConfigError naming the variable that is missing or wrong, or that is the Applier's alone.
 */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const env = readVariables(variables);
  return Object.freeze(env.AZURE_TENANT_ID ? tenantConfig(env) : sandboxConfig(env));
}

/**
 * The Applier's identity, for its own process and nobody else.
 * @throws ConfigError naming the variable that is missing or wrong.
 */
export function readApplierIdentity(variables: Record<string, string | undefined>): Identity {
  const env = readVariables(variables);
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
    pimExtension: pimExtension(env, new URL(appOrigin)),
    appOrigin: new URL(appOrigin).origin,
    serverKey: serverKey(
      need(env.STINT_SECRET, 'STINT_SECRET', '32 random bytes in base64: openssl rand -base64 32'),
    ),
  };
}

function serverKey(value: string): string {
  if (Buffer.from(value, 'base64').length !== 32) {
    throw new ConfigError('STINT_SECRET: must be exactly 32 bytes in base64: openssl rand -base64 32');
  }
  return value;
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
  around ??= Object.freeze(surroundingsOf(readVariables(process.env)));
  return around;
}

/** What this process's environment holds for chats. */
export function chatSecrets(): ChatSecrets {
  return readChatSecrets(process.env);
}

/** The same of this process. */
export function ticketSecrets(): TicketSecrets {
  return readTicketSecrets(process.env);
}
