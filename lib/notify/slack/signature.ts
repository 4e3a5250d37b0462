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
  const timestamp = headers.get('x-slack-request-timestamp') ?? '';
  const signature = headers.get('x-slack-signature') ?? '';
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'unsigned';
  const at = Number(timestamp);
  if (Math.abs(now.getTime() / 1000 - at) > slackWindowSeconds) return 'stale';
  const wanted = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(raw).digest();
  if (!timingSafeEqual(wanted, Buffer.from(signature.slice(3), 'hex'))) return 'forged';
  return {
    key: `slack ${timestamp} ${signature}`,
    until: new Date((at + 2 * slackWindowSeconds) * 1000),
  };
}
