import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readChatSecrets } from './chat-secrets.ts';
import { readApplierIdentity, readConfig } from './config.ts';
import { ConfigError } from './config-error.ts';
import { readTicketSecrets } from './ticket-secrets.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const tenant = {
  AZURE_TENANT_ID: '11111111-2222-4333-8444-555555555555',
  AZURE_CLIENT_ID: '21111111-2222-4333-8444-555555555555',
  AZURE_FEDERATED_TOKEN_FILE: '/run/token',
  STINT_READER_CLIENT_ID: '31111111-2222-4333-8444-555555555555',
  STINT_READER_CERTIFICATE_PATH: '/run/reader.pem',
  APP_ORIGIN: 'https://stint.example.com',
  STINT_SECRET: key,
};

describe('the sandbox', () => {
  test('needs no variable at all', () => {
    expect(readConfig({})).toMatchObject({
      sandbox: true,
      tenantId: 'c0470500-0000-4000-8000-000000000001',
      authorityOrigin: 'https://localhost:4443',
      emulatorHttpOrigin: 'http://localhost:4400',
      appOrigin: 'http://localhost:3000',
      serverKey: null,
      jobs: 'inside',
    });
  });

  test('moves as a whole with its ports, so that two run side by side', () => {
    const { authorityOrigin, graphOrigin, armOrigin, emulatorHttpOrigin, appOrigin } = readConfig({
      PORT: '3100',
      EMULATOR_HTTPS_PORT: '14443',
      EMULATOR_HTTP_PORT: '14400',
    });
    expect(new Set([authorityOrigin, graphOrigin, armOrigin])).toEqual(new Set(['https://localhost:14443']));
    expect([emulatorHttpOrigin, appOrigin]).toEqual(['http://localhost:14400', 'http://localhost:3100']);
  });

  test('never sends its known secrets anywhere but to this machine', () => {
    const elsewhere = {
      AZURE_AUTHORITY_HOST: 'https://evil.example',
      GRAPH_ENDPOINT: 'https://evil.example',
      ARM_ENDPOINT: 'https://evil.example',
    };
    const { authorityOrigin, graphOrigin, armOrigin } = readConfig(elsewhere);
    for (const origin of [authorityOrigin, graphOrigin, armOrigin])
      expect(new URL(origin).hostname).toBe('localhost');
  });
});

describe('with a tenant', () => {
  test('it is Azure, and what is given is used', () => {
    expect(readConfig(tenant)).toMatchObject({
      sandbox: false,
      tenantId: tenant.AZURE_TENANT_ID,
      authorityOrigin: 'https://login.microsoftonline.com',
      graphOrigin: 'https://graph.microsoft.com',
      armOrigin: 'https://management.azure.com',
      emulatorHttpOrigin: null,
      signIn: { credential: { kind: 'federated', tokenFile: '/run/token' } },
      reader: { credential: { kind: 'certificate', pemFile: '/run/reader.pem' } },
      serverKey: key,
    });
  });

  test('ids are compared in lower case, as Entra writes them', () => {
    const AZURE_TENANT_ID = 'ABCDEF00-2222-4333-8444-555555555555';
    expect(readConfig({ ...tenant, AZURE_TENANT_ID }).tenantId).toBe(AZURE_TENANT_ID.toLowerCase());
  });

  test('its own registrations are watched, and those that are named besides', () => {
    const STINT_WATCHED_CLIENT_IDS = '5717A000-0000-4000-8000-00000000AAAA';
    expect(readConfig({ ...tenant, STINT_WATCHED_CLIENT_IDS }).ownClientIds).toEqual([
      tenant.AZURE_CLIENT_ID,
      tenant.STINT_READER_CLIENT_ID,
      STINT_WATCHED_CLIENT_IDS.toLowerCase(),
    ]);
  });

  test('a fresh sign-in is asked for by a registration of its own, which is then watched; without one never', () => {
    const STINT_STEP_UP_CLIENT_ID = '5717A000-0000-4000-8000-00000000BBBB';
    const found = readConfig({ ...tenant, STINT_STEP_UP_CLIENT_ID });
    expect(found.stepUpClientId).toBe(STINT_STEP_UP_CLIENT_ID.toLowerCase());
    expect(found.ownClientIds).toContain(found.stepUpClientId);
    expect(readConfig(tenant).stepUpClientId).toBeNull();
  });

  test.each([
    'AZURE_CLIENT_ID',
    'AZURE_FEDERATED_TOKEN_FILE',
    'STINT_READER_CLIENT_ID',
    'STINT_READER_CERTIFICATE_PATH',
    'APP_ORIGIN',
    'STINT_SECRET',
  ])('%s missing or empty is refused by name', (name) => {
    expectRefusal({ ...tenant, [name]: undefined }, name);
    expectRefusal({ ...tenant, [name]: '' }, name);
  });

  test.each(['sandbox-secret', 'reader-secret', 'machine-secret'])(
    'the sandbox secret %s is refused',
    (secret) => {
      const { AZURE_FEDERATED_TOKEN_FILE: _, ...rest } = tenant;
      expectRefusal({ ...rest, AZURE_CLIENT_SECRET: secret }, 'AZURE_CLIENT_SECRET');
      const { STINT_READER_CERTIFICATE_PATH: __, ...others } = tenant;
      expectRefusal({ ...others, STINT_READER_CLIENT_SECRET: secret }, 'STINT_READER_CLIENT_SECRET');
    },
  );

  test('better proofs win over a secret', () => {
    const config = readConfig({ ...tenant, AZURE_CLIENT_SECRET: 'own', STINT_READER_CLIENT_SECRET: 'own' });
    expect([config.signIn.credential.kind, config.reader.credential.kind]).toEqual([
      'federated',
      'certificate',
    ]);
  });

  test.each([
    ['APP_ORIGIN', 'http://stint.example.com'],
    ['STINT_FAIL_AT', 'provision.acted'],
    ['AZURE_AUTHORITY_HOST', 'http://login.example'],
    ['GRAPH_ENDPOINT', 'http://graph.example'],
    ['ARM_ENDPOINT', 'ftp://arm.example'],
  ])('%s=%s is refused by name', (name, value) => expectRefusal({ ...tenant, [name]: value }, name));
});

describe('the Applier', () => {
  const own = {
    AZURE_TENANT_ID: tenant.AZURE_TENANT_ID,
    STINT_APPLIER_CLIENT_ID: '41111111-2222-4333-8444-555555555555',
    STINT_APPLIER_CERTIFICATE_PATH: '/run/applier.pem',
  };

  test.each([
    'STINT_APPLIER_CLIENT_ID',
    'STINT_APPLIER_CLIENT_SECRET',
    'STINT_APPLIER_CERTIFICATE_PATH',
    'STINT_APPLIER_FEDERATED_TOKEN_FILE',
  ])('portal and worker refuse to start with %s in their environment', (name) => {
    const value = name.endsWith('ID') ? own.STINT_APPLIER_CLIENT_ID : 'x';
    expectRefusal({ ...tenant, [name]: value }, name);
  });

  test('needs its own credential and nobody else’s', () => {
    expect(readApplierIdentity(own)).toEqual({
      clientId: own.STINT_APPLIER_CLIENT_ID,
      credential: { kind: 'certificate', pemFile: '/run/applier.pem' },
    });
    for (const name of ['STINT_APPLIER_CLIENT_ID', 'STINT_APPLIER_CERTIFICATE_PATH']) {
      expect(() => readApplierIdentity({ ...own, [name]: '' })).toThrow(new RegExp(name));
    }
    const { STINT_APPLIER_CERTIFICATE_PATH: _, ...rest } = own;
    const known = { ...rest, STINT_APPLIER_CLIENT_SECRET: 'applier-secret' };
    expect(() => readApplierIdentity(known)).toThrow(/sandbox secret/);
  });

  test('has the one of the local tenant in the sandbox', () => {
    expect(readApplierIdentity({}).clientId).toBe('5717a000-0000-4000-8000-000000000004');
  });
});

test.each([
  ['AZURE_TENANT_ID', 'contoso.example'],
  ['AZURE_CLIENT_ID', 'stint'],
  ['STINT_READER_CLIENT_ID', '1'],
  ['APP_ORIGIN', 'stint.example.com'],
  ['APP_ORIGIN', 'javascript:alert(1)'],
  ['STINT_SECRET', 'short'],
  ['STINT_SECRET', Buffer.alloc(33).toString('base64')],
  ['DATABASE_URL', 'mysql://localhost/stint'],
  ['STINT_JOBS', 'outside'],
  ['STINT_JOBS', 'worker'],
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['EMULATOR_HTTPS_PORT', '1.5'],
  ['EMULATOR_HTTP_PORT', 'x'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by name', (name, value) => expectRefusal({ [name]: value }, name));

test('a refusal does not repeat a value that may be secret', () => {
  expect(() => readConfig({ ...tenant, STINT_SECRET: 'hunter2' })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
  );
});

test('nobody changes the configuration after it was read', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});

function expectRefusal(variables: Record<string, string | undefined>, name: string): void {
  expect(() => readConfig(variables)).toThrow(ConfigError);
  expect(() => readConfig(variables)).toThrow(new RegExp(`\\b${name}\\b`));
}

test('a ticket system’s credential is found by its name, from a variable or a file, and by no other', () => {
  const tokenFile = join(mkdtempSync(join(tmpdir(), 'stint-config-')), 'token');
  writeFileSync(tokenFile, 'from a file\n');
  const { access, reach } = readTicketSecrets({
    STINT_TICKET_JIRA_TOKEN: 'secret',
    STINT_TICKET_JIRA_USER: 'stint@contoso.example',
    STINT_TICKET_DESK_TOKEN_FILE: tokenFile,
    STINT_TICKET_LOST_TOKEN_FILE: '/nowhere/token',
    STINT_TICKET_HOSTS: 'Jira.contoso.example, desk.internal',
  });
  expect(access('JIRA')).toEqual({ user: 'stint@contoso.example', token: 'secret' });
  expect(access('DESK')).toEqual({ user: null, token: 'from a file' });
  expect(access('LOST')).toBeNull();
  expect(access('OTHER')).toBeNull();
  expect(reach).toEqual({ hosts: ['jira.contoso.example', 'desk.internal'], sandbox: true });
});

describe('mail', () => {
  const from = 'stint@contoso.example';
  test.each([
    ['smtps://mail.example.com', 'at_once', 465],
    ['smtp://mail.example.com', 'starttls', 587],
    ['smtp+insecure://mail.example.com:2525', 'none', 2525],
  ])('by %s is encrypted %s, at port %i', (url, tls, port) => {
    const { mail } = readConfig({ ...tenant, STINT_SMTP_URL: url, STINT_MAIL_FROM: from });
    expect(mail).toEqual({ host: 'mail.example.com', port, tls, login: null, from });
  });

  test('takes its password from a file, or from the address', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'stint-')), 'password');
    writeFileSync(file, 'from file\n');
    const url = { STINT_SMTP_URL: 'smtps://stint:p%40ss@mail.example.com', STINT_MAIL_FROM: from };
    expect(readConfig(url).mail?.login).toEqual({ user: 'stint', password: 'p@ss' });
    expect(readConfig({ ...url, STINT_SMTP_PASSWORD_FILE: file }).mail?.login?.password).toBe('from file');
    expect(() => readConfig({ ...url, STINT_SMTP_PASSWORD_FILE: '/nowhere' })).toThrow(/SMTP_PASSWORD_FILE/);
  });

  test.each([
    [{ STINT_SMTP_URL: 'https://mail.example.com' }, /STINT_SMTP_URL/],
    [{ STINT_SMTP_URL: 'smtps://mail.example.com' }, /STINT_MAIL_FROM/],
    [{ STINT_SMTP_URL: 'smtps://mail.example.com', STINT_MAIL_FROM: 'nobody' }, /STINT_MAIL_FROM/],
  ])('set up as %o is refused by name', (variables, name) => {
    expect(() => readConfig(variables)).toThrow(name);
  });
});

describe('chats', () => {
  const slack = { STINT_SLACK_SIGNING_SECRET: 'signing', STINT_SLACK_BOT_TOKEN: 'xoxb-1' };
  const teams = { STINT_TEAMS_APP_ID: '7EA35000-0000-4000-8000-000000000001' };

  test('are set up where all that each needs is there', () => {
    expect(readChatSecrets({})).toMatchObject({ slack: null, teams: null });
    expect(readChatSecrets({ STINT_SLACK_BOT_TOKEN: 'xoxb-1' }).slack).toBeNull();
    expect(readChatSecrets(teams).teams).toBeNull();
    expect(readChatSecrets(slack).slack).toEqual({
      ...{ signingSecret: 'signing', botToken: 'xoxb-1', origin: 'https://slack.com' },
    });
    expect(
      readChatSecrets({ ...teams, STINT_TEAMS_APP_CERTIFICATE_PATH: '/run/bot.pem' }).teams,
    ).toMatchObject({
      ...{ appId: '7ea35000-0000-4000-8000-000000000001', appTenant: 'botframework.com' },
      ...{
        metadataOrigin: 'https://login.botframework.com',
        loginOrigin: 'https://login.microsoftonline.com',
      },
      ...{
        credential: { kind: 'certificate', pemFile: '/run/bot.pem' },
        serviceHosts: ['smba.trafficmanager.net'],
      },
    });
  });

  test('read a secret from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'stint-config-')), 'secret');
    writeFileSync(file, 'from a file\n');
    const { slack: found } = readChatSecrets({
      ...{ STINT_SLACK_SIGNING_SECRET_FILE: file, STINT_SLACK_BOT_TOKEN: 'xoxb-1' },
    });
    expect(found?.signingSecret).toBe('from a file');
  });

  test('are called where they are, outside the sandbox, whatever else is said', () => {
    const elsewhere = { STINT_SLACK_ORIGIN: 'http://localhost:1', STINT_TEAMS_ORIGIN: 'http://localhost:2' };
    const secret = { STINT_TEAMS_APP_SECRET: 'secret' };
    expect(readChatSecrets({ ...slack, ...teams, ...secret, ...elsewhere })).toMatchObject({
      ...{ slack: { origin: 'http://localhost:1' }, teams: { loginOrigin: 'http://localhost:2' } },
    });
    expect(readChatSecrets({ ...tenant, ...slack, ...teams, ...secret, ...elsewhere })).toMatchObject({
      slack: { origin: 'https://slack.com' },
      teams: { metadataOrigin: 'https://login.botframework.com', tenantId: tenant.AZURE_TENANT_ID },
      reach: { hosts: [], sandbox: false },
    });
  });
});
