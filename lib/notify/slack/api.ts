import { z } from 'zod';
import type { ChatSecrets } from '#lib/config/chat-secrets.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import { call } from '#lib/outbound/call.ts';
import { OutboundFault } from '#lib/outbound/faults.ts';

type Method =
  | 'auth.test'
  | 'chat.postMessage'
  | 'chat.postEphemeral'
  | 'chat.update'
  | 'views.open'
  | 'views.publish';

/** Slack's Web API with the bot's token. */
export type SlackApi = (method: Method, body: object, withinMs?: number) => Promise<Answered>;

const answered = z.looseObject({ ok: z.boolean(), error: z.string().optional() });
type Answered = z.infer<typeof answered>;

/** Errors that say the one written to is not there any more, and those after which the same may be tried again. */
const gone = new Set([
  'account_inactive',
  'channel_not_found',
  'is_archived',
  'message_not_found',
  'user_disabled',
  'user_not_found',
  'users_not_found',
]);
const passing = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

/**
 * Calls Slack's Web API: JSON, the token in the header and nowhere else, `ok` in the body of a 200.
 * @throws NotifyFault
 */
export function slackApi(
  { origin, botToken }: { origin: string; botToken: string },
  reach: ChatSecrets['reach'],
): SlackApi {
  return async (method, body, withinMs) => {
    const { status, text, retryAfterSeconds } = await call(
      new URL(`/api/${method}`, origin),
      {
        method: 'POST',
        headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
      },
      reach,
      withinMs,
    ).catch((error) => {
      throw lost(error);
    });
    if (status === 429) throw new NotifyFault('busy', 'Slack is busy.', { retryAfterSeconds });
    if (status >= 500) throw new NotifyFault('unreachable', `Slack answered with an error (${status}).`);
    const parsed = answered.safeParse(json(text));
    if (status !== 200 || !parsed.success)
      throw new NotifyFault('refused', `Slack answered what cannot be understood (${status}).`);
    if (!parsed.data.ok) throw no(method, parsed.data.error ?? 'no error named', retryAfterSeconds);
    return parsed.data;
  };
}

function no(method: Method, error: string, retryAfterSeconds: number | null): NotifyFault {
  const why = `Slack refused ${method}: ${error.slice(0, 100)}.`;
  if (error === 'ratelimited') return new NotifyFault('busy', why, { retryAfterSeconds });
  if (passing.has(error)) return new NotifyFault('unreachable', why);
  return new NotifyFault(gone.has(error) && method !== 'auth.test' ? 'gone' : 'refused', why);
}

function lost(error: unknown): unknown {
  if (!(error instanceof OutboundFault)) return error;
  if (error.kind === 'address_refused')
    return new NotifyFault('refused', 'Slack’s address is not one that Stint calls.', { cause: error });
  return new NotifyFault('unreachable', 'Slack does not answer.', { cause: error });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
