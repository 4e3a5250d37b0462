/**
 * The Bot Framework for tests and for trying it out: its metadata and keys, tokens for the bot, the Bot Connector's
 * conversations, in their real shapes; and tokens by which Microsoft would call the bot, true and otherwise.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface TeamsMessage {
  conversationId: string;
  id: string;
  activity: Record<string, unknown>;
  edits: number;
}

export interface TeamsDesk {
  origin: string;
  messages: TeamsMessage[];
  asked: string[];
  /** Answers every call of the connector with this status. */
  fault: number | null;
  /** A token as the Bot Framework signs it for a call; `over` changes what it says. */
  token(over?: BotTokenFacts): Promise<string>;
  close(): Promise<void>;
}

export interface BotTokenFacts {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** The key of another signer, or one that is endorsed for another channel. */
  key?: 'own' | 'stranger' | 'elsewhere';
  /** Seconds from now. */
  notBefore?: number;
  expires?: number;
}

export const teamsDeskApp = { id: '7ea35000-0000-4000-8000-000000000001', secret: 'desk-secret' };
const issuer = 'https://api.botframework.com';

export async function openTeamsDesk(port = 0): Promise<TeamsDesk> {
  const pair = () => generateKeyPair('RS256', { extractable: true });
  const [own, stranger, elsewhere] = await Promise.all([pair(), pair(), pair()]);
  const jwk = async (key: CryptoKey, kid: string, endorsements: string[]) => ({
    ...(await exportJWK(key)),
    ...{ use: 'sig', kid, x5t: kid, endorsements },
  });
  const keys = [
    await jwk(own.publicKey, 'own', ['msteams', 'webchat']),
    await jwk(elsewhere.publicKey, 'elsewhere', ['webchat']),
  ];
  const privates = { own: own.privateKey, stranger: stranger.privateKey, elsewhere: elsewhere.privateKey };
  const server = createServer((request, response) => void answer(desk, keys, request, response));
  await new Promise<void>((settle) => server.listen(port, '127.0.0.1', settle));
  const desk: TeamsDesk = {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    ...{ messages: [], asked: [], fault: null },
    token: ({ claims = {}, header = {}, key = 'own', notBefore = -60, expires = 3600 } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        ...{ iss: issuer, aud: teamsDeskApp.id, serviceurl: serviceUrlOf(desk) },
        ...{ nbf: now + notBefore, exp: now + expires, ...claims },
      })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key === 'stranger' ? 'own' : key, ...header })
        .sign(privates[key]);
    },
    close: () =>
      new Promise((settle) => {
        server.close(() => settle());
        server.closeAllConnections();
      }),
  };
  return desk;
}

export const serviceUrlOf = ({ origin }: Pick<TeamsDesk, 'origin'>) => `${origin}/emea/`;

async function answer(
  desk: TeamsDesk,
  keys: object[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const { pathname } = new URL(request.url ?? '/', desk.origin);
  const say = (status: number, body: object, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
  if (pathname === '/_desk') return control(desk, text, say);
  desk.asked.push(`${request.method} ${pathname}`);
  if (pathname === '/v1/.well-known/openidconfiguration') {
    return say(200, {
      ...{ issuer, authorization_endpoint: 'https://invalid.botframework.com' },
      jwks_uri: `${desk.origin}/v1/.well-known/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    });
  }
  if (pathname === '/v1/.well-known/keys') return say(200, { keys });
  if (pathname.endsWith('/oauth2/v2.0/token')) {
    const form = new URLSearchParams(text);
    const isProven =
      form.get('client_secret') === teamsDeskApp.secret || form.get('client_assertion') === 'an assertion';
    const isBot = form.get('client_id') === teamsDeskApp.id && isProven;
    if (!isBot) return say(401, { error: 'invalid_client', error_description: 'AADSTS7000215' });
    return say(200, { token_type: 'Bearer', expires_in: 3600, access_token: botToken });
  }
  const [, conversationId = '', id = ''] =
    /^\/emea\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(pathname) ?? [];
  if (!conversationId) return say(404, { error: { code: 'NotFound' } });
  if (request.headers.authorization !== `Bearer ${botToken}`)
    return say(401, { message: 'Authorization has been denied for this request.' });
  if (desk.fault)
    return say(desk.fault, { error: { code: 'Fault' } }, desk.fault === 429 ? { 'retry-after': '4' } : {});
  write(desk, request.method ?? '', decodeURIComponent(conversationId), decodeURIComponent(id), text, say);
}

const botToken = 'desk-bot-token';
type Say = (status: number, body: object) => void;

function write(desk: TeamsDesk, method: string, conversationId: string, id: string, text: string, say: Say) {
  const activity = JSON.parse(text) as Record<string, unknown>;
  if (method === 'POST') {
    const made = `1:${String(desk.messages.length + 1).padStart(6, '0')}`;
    desk.messages.push({ conversationId, id: made, activity, edits: 0 });
    return say(201, { id: made });
  }
  const message = desk.messages.find((one) => one.id === id && one.conversationId === conversationId);
  if (!message) return say(404, { error: { code: 'ActivityNotFoundInConversation' } });
  Object.assign(message, { activity, edits: message.edits + 1 });
  return say(200, { id });
}

/** For tests in another process: what was asked, a fault, and a token for a call. */
async function control(desk: TeamsDesk, text: string, say: Say): Promise<void> {
  const told = (text ? JSON.parse(text) : {}) as Control;
  if (told.fault !== undefined) desk.fault = told.fault;
  const { messages, asked } = desk;
  const token = told.token ? await desk.token(told.token) : null;
  const activity = told.person ? activityOf(desk, told.person, told.over) : null;
  say(200, { messages, asked, token, activity });
}

interface Control {
  fault?: number | null;
  token?: BotTokenFacts;
  person?: Person;
  over?: Record<string, unknown>;
}

interface Person {
  id: string;
  name: string;
  tenantId: string;
}

/** What Teams sends of somebody in their chat with the bot; `over` changes what it says. */
export function activityOf(
  desk: Pick<TeamsDesk, 'origin'>,
  { id, name, tenantId }: Person,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    ...{ type: 'message', id: `f:${Math.random().toString(36).slice(2)}`, channelId: 'msteams' },
    timestamp: new Date().toISOString(),
    serviceUrl: serviceUrlOf(desk),
    from: { id: `29:${id}`, name, aadObjectId: id },
    recipient: { id: `28:${teamsDeskApp.id}`, name: 'Stint' },
    conversation: { conversationType: 'personal', tenantId, id: `a:${id}` },
    channelData: { tenant: { id: tenantId } },
    ...over,
  };
}

/** What Teams sends when somebody presses a button of a card. */
export const executeOf = (verb: string, data: object) => ({
  ...{ type: 'invoke', name: 'adaptiveCard/action' },
  value: { action: { type: 'Action.Execute', id: verb, verb, data }, trigger: 'manual' },
});
