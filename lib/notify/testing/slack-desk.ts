/**
 * A Slack for tests and for trying it out: the methods of the Web API that Stint calls, in Slack's real shapes, with its
 * limits and what can go wrong; and people who press buttons, in calls signed as Slack signs them.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { blockFault } from './slack-limits.ts';

export interface SlackMessage {
  channel: string;
  ts: string;
  text: string;
  blocks: Record<string, unknown>[];
  /** Shown to this user alone. */
  onlyTo: string | null;
  /** How often it was updated. */
  edits: number;
}

export interface SlackDesk {
  origin: string;
  messages: SlackMessage[];
  /** Views opened, the newest last; and homes, by user. */
  views: Record<string, unknown>[];
  homes: Record<string, Record<string, unknown>>;
  /** Whose home was published, each time. */
  published: string[];
  /** Answers every call: an HTTP status, or one of Slack's error names. */
  fault: number | string | null;
  close(): Promise<void>;
}

export const slackDeskToken = 'xoxb-desk-token';
export const slackDeskSecret = '8f742231b10e8888abcd99yyyzzz85a5';
export const slackDeskTeam = 'T0DESK001';

export async function openSlackDesk(port = 0): Promise<SlackDesk> {
  const server = createServer((request, response) => void answer(desk, request, response));
  await new Promise<void>((settle) => server.listen(port, '127.0.0.1', settle));
  const desk: SlackDesk = {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    ...{ messages: [], views: [], homes: {}, published: [], fault: null },
    close: () =>
      new Promise((settle) => {
        server.close(() => settle());
        server.closeAllConnections();
      }),
  };
  return desk;
}

/** Headers by which Slack signs a call. `at` is in unix seconds. */
export function signedBySlack(
  body: string,
  at = Math.floor(Date.now() / 1000),
  secret = slackDeskSecret,
): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${signature}` };
}

/** What Slack sends when somebody presses a button of a message; without a channel, in the app's home. */
export function pressOf(
  user: string,
  actionId: string,
  value: string,
  { channel = `D${user}`, team = slackDeskTeam }: { channel?: string | null; team?: string } = {},
): string {
  const payload = {
    type: 'block_actions',
    user: { id: user, username: `name.${user.toLowerCase()}`, name: user, team_id: team },
    api_app_id: 'A0DESK001',
    token: 'deprecated',
    trigger_id: `${Date.now()}.${randomBytes(8).toString('hex')}`,
    team: { id: team, domain: 'contoso-desk' },
    ...(channel && { channel: { id: channel, name: 'directmessage' } }),
    container: { type: channel ? 'message' : 'view' },
    actions: [{ type: 'button', block_id: 'b', action_id: actionId, value, action_ts: String(Date.now()) }],
  };
  return `payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** What Slack sends when somebody sends a modal off, with a text in its one field. */
export function submissionOf(
  user: string,
  view: Record<string, unknown>,
  reason: string,
  team = slackDeskTeam,
): string {
  const payload = {
    type: 'view_submission',
    team: { id: team, domain: 'contoso-desk' },
    user: { id: user, username: `name.${user.toLowerCase()}`, name: user, team_id: team },
    api_app_id: 'A0DESK001',
    view: {
      ...view,
      id: 'V0DESK001',
      state: { values: { [fieldOf(view)]: { text: { type: 'plain_text_input', value: reason } } } },
    },
    nonce: randomBytes(8).toString('hex'),
  };
  return `payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

function fieldOf({ blocks }: Record<string, unknown>): string {
  const all = (Array.isArray(blocks) ? blocks : []) as Record<string, unknown>[];
  return String(all.find(({ type }) => type === 'input')?.block_id ?? 'reason');
}

async function answer(desk: SlackDesk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const say = (status: number, body: object, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(body));
  };
  if (request.url === '/_desk') return say(200, control(desk, text));
  const method = request.url?.replace('/api/', '') ?? '';
  if (request.headers.authorization !== `Bearer ${slackDeskToken}`) {
    return say(200, { ok: false, error: request.headers.authorization ? 'invalid_auth' : 'not_authed' });
  }
  if (typeof desk.fault === 'number')
    return say(desk.fault, { ok: false }, desk.fault === 429 ? { 'retry-after': '3' } : {});
  if (desk.fault) return say(200, { ok: false, error: desk.fault });
  say(200, does(desk, method, JSON.parse(text) as Body));
}

interface Control {
  fault?: SlackDesk['fault'];
  /** What somebody pressed, or sent off: answered with the body, and how Slack signs it. */
  press?: { user: string; actionId: string; value: string; channel?: string | null; team?: string };
  submit?: { user: string; view: Record<string, unknown>; reason: string; team?: string };
  /** A body to sign. */
  sign?: string;
  at?: number;
  secret?: string;
}

/** For tests in another process. */
function control(desk: SlackDesk, text: string): object {
  const told = (text ? JSON.parse(text) : {}) as Control;
  if (told.fault !== undefined) desk.fault = told.fault;
  const { press, submit } = told;
  const body =
    (press && pressOf(press.user, press.actionId, press.value, press)) ??
    (submit && submissionOf(submit.user, submit.view, submit.reason, submit.team)) ??
    told.sign;
  const { messages, views, homes, published } = desk;
  const signed = body === undefined ? {} : { body, headers: signedBySlack(body, told.at, told.secret) };
  return { messages, views, homes, published, ...signed };
}

interface Body {
  channel?: string;
  user?: string;
  user_id?: string;
  ts?: string;
  text?: string;
  trigger_id?: string;
  blocks?: Record<string, unknown>[];
  view?: Record<string, unknown> & { blocks?: Record<string, unknown>[] };
}

function does(desk: SlackDesk, method: string, body: Body): object {
  const { channel = '', user = null, text = '', blocks = [], view } = body;
  const no = (error: string) => ({ ok: false, error });
  const fault = blockFault(method, blocks.length > 0 ? blocks : (view?.blocks ?? []), view ?? null);
  if (fault)
    return { ...no(view ? 'invalid_arguments' : 'invalid_blocks'), response_metadata: { messages: [fault] } };
  if (method === 'auth.test')
    return { ok: true, url: desk.origin, team: 'Contoso', team_id: slackDeskTeam, user_id: 'U0BOT' };
  if (method === 'chat.postMessage' || method === 'chat.postEphemeral') {
    if (!channel) return no('channel_not_found');
    if (!text) return no('no_text');
    const ts = `${Math.floor(Date.now() / 1000)}.${String(desk.messages.length).padStart(6, '0')}`;
    const onlyTo = method === 'chat.postEphemeral' ? user : null;
    const at = channel.startsWith('U') ? `D${channel}` : channel;
    desk.messages.push({ channel: at, ts, text, blocks, onlyTo, edits: 0 });
    return onlyTo ? { ok: true, message_ts: ts } : { ok: true, channel: at, ts, message: { text, blocks } };
  }
  if (method === 'chat.update') {
    const message = desk.messages.find((one) => one.ts === body.ts && one.channel === channel && !one.onlyTo);
    if (!message) return no('message_not_found');
    Object.assign(message, { text, blocks, edits: message.edits + 1 });
    return { ok: true, channel, ts: body.ts, text };
  }
  if (method === 'views.open') {
    if (!body.trigger_id) return no('invalid_trigger_id');
    if (Date.now() - Number(body.trigger_id.split('.')[0]) > 3_000) return no('expired_trigger_id');
    desk.views.push(view ?? {});
    return { ok: true, view: { id: 'V0DESK001', ...view } };
  }
  if (method === 'views.publish') {
    desk.homes[body.user_id ?? ''] = view ?? {};
    desk.published.push(body.user_id ?? '');
    return { ok: true, view: { id: 'V0HOME001', ...view } };
  }
  return no('unknown_method');
}
