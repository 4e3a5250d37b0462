import { z } from 'zod';
import { ConfigError } from './config-error.ts';

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

/** The variables of the portal, the worker and the Applier, each by itself in order. */
export type Environment = z.infer<typeof schema>;

/** @throws ConfigError naming the first that cannot be used; an empty one is not set. */
export function readVariables(variables: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${String(issue?.path[0])}: ${issue?.message ?? 'cannot be used'}`);
  }
  return parsed.data;
}

/** @throws ConfigError that says what to put there. */
export function need(value: string | undefined, name: string, what: string): string {
  if (value === undefined) throw new ConfigError(`${name}: is not set. Set it to ${what}.`);
  return value;
}

/** A list in one variable, lower case. */
export function namesIn(list: string): string[] {
  return list
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((name) => name !== '');
}
