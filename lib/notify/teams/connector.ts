import { z } from 'zod';
import type { ChatSecrets, TeamsSecrets } from '#lib/config/chat-secrets.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import type { Conversation } from '#lib/notify/letter-card.ts';
import { call } from '#lib/outbound/call.ts';
import { OutboundFault } from '#lib/outbound/faults.ts';
import type { AdaptiveCard } from './adaptive-card.ts';

/** Writes into conversations of Microsoft Teams by the Bot Connector's REST API (v3). */
export interface Connector {
  /** Answers the activity's id, by which it is updated. */
  send(to: Conversation, card: AdaptiveCard): Promise<string>;
  update(to: Conversation, activityId: string, card: AdaptiveCard): Promise<void>;
}

const sent = z.looseObject({ id: z.string() });

/** @throws NotifyFault from every call. */
export function connector(
  token: () => Promise<string>,
  teams: Pick<TeamsSecrets, 'serviceHosts' | 'metadataOrigin'>,
  reach: ChatSecrets['reach'],
): Connector {
  const write = async (method: 'POST' | 'PUT', url: URL, to: Conversation, card: AdaptiveCard) => {
    const { status, text, retryAfterSeconds } = await call(
      url,
      {
        method,
        headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          type: 'message',
          from: { id: to.botId },
          recipient: { id: to.memberId },
          conversation: { id: to.conversationId },
          summary: card.fallbackText,
          attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
        }),
      },
      reach,
    ).catch((error) => {
      throw error instanceof OutboundFault
        ? new NotifyFault('unreachable', 'Microsoft Teams does not answer.', { cause: error })
        : error;
    });
    if (status >= 200 && status < 300) return text;
    if (status === 429 || status === 412)
      throw new NotifyFault('busy', 'Microsoft Teams is busy.', { retryAfterSeconds });
    if (status >= 500)
      throw new NotifyFault('unreachable', `Microsoft Teams answered with an error (${status}).`);
    // 403: the bot was removed or blocked; 404: the conversation or the message is not there any more.
    const isGone = status === 403 || status === 404;
    throw new NotifyFault(isGone ? 'gone' : 'refused', `Microsoft Teams refused the message (${status}).`);
  };
  const at = (to: Conversation, more = '') => {
    const base = serviceAddress(to.serviceUrl, teams);
    const path = `v3/conversations/${encodeURIComponent(to.conversationId)}/activities${more}`;
    return new URL(path, base.href.endsWith('/') ? base : `${base.href}/`);
  };
  return {
    async send(to, card) {
      const answer = sent.safeParse(json(await write('POST', at(to), to, card)));
      if (!answer.success)
        throw new NotifyFault('refused', 'Microsoft Teams did not say where the message is.');
      return answer.data.id;
    },
    async update(to, activityId, card) {
      await write('PUT', at(to, `/${encodeURIComponent(activityId)}`), to, card);
    },
  };
}

/**
 * The address of a conversation's service, if it is one that the bot's token may go to: the bot's token is worth
 * something to whoever gets it.
 * @throws NotifyFault
 */
export function serviceAddress(
  serviceUrl: string,
  { serviceHosts, metadataOrigin }: Pick<TeamsSecrets, 'serviceHosts' | 'metadataOrigin'>,
): URL {
  const url = URL.parse(serviceUrl);
  const isLocal = url !== null && url.origin === metadataOrigin;
  const isKnown = url?.protocol === 'https:' && url.port === '' && serviceHosts.includes(url.hostname);
  if (!url || !(isLocal || isKnown) || url.username || url.password || url.search || url.hash)
    throw new NotifyFault('refused', 'This conversation’s service is not one that Stint calls.');
  return url;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
