import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a call's time may be from ours, either way. */
export const slackWindowSeconds = 300;

/** A call of Slack's that was verified: once for each of these keys. */
export interface SlackCall {
  key: string;
  until: Date;
}

type SlackFault = 'unsigned' | 'stale' | 'forged';

/**
 * Checks a call as Slack signs it: `v0=` and the HMAC-SHA256 of `v0:{timestamp}:{raw body}` under the app's signing
 * secret, at most five minutes old (docs.slack.dev, “Verifying requests from Slack”). Compared in constant time.
 */
export function verifySlack(
  headers: Pick<Headers, 'get'>,
  raw: Uint8Array,
  signingSecret: string,
  now: Date,
): SlackCall | SlackFault {
  const shown = shownBySlack(headers, now);
  if (typeof shown === 'string') return shown;
  const { timestamp, signature } = shown;
  const wanted = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(raw).digest();
  if (!timingSafeEqual(wanted, Buffer.from(signature.slice(3), 'hex'))) return 'forged';
  return {
    key: `slack ${timestamp} ${signature}`,
    until: new Date((Number(timestamp) + 2 * slackWindowSeconds) * 1000),
  };
}

/** What a call shows in its headers; a fault that can be told from them alone spares reading its body. */
export function shownBySlack(
  headers: Pick<Headers, 'get'>,
  now: Date,
): { timestamp: string; signature: string } | Exclude<SlackFault, 'forged'> {
  const timestamp = headers.get('x-slack-request-timestamp') ?? '';
  const signature = headers.get('x-slack-signature') ?? '';
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'unsigned';
  const isNow = Math.abs(now.getTime() / 1000 - Number(timestamp)) <= slackWindowSeconds;
  return isNow ? { timestamp, signature } : 'stale';
}
