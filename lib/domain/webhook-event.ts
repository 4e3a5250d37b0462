/** What other programs can be told of requests: the record's own names, in words for who chooses. */
export const webhookEvents = {
  'request.filed': 'A request was filed',
  'request.awaiting_signatures': 'It waits for signatures',
  'request.awaiting_approval': 'It waits for PIM’s approval',
  'request.approved': 'It was approved',
  'request.approved_by_rule': 'A rule approved it',
  'request.denied': 'It was denied',
  'request.activated': 'Its access began',
  'request.ended': 'Its access ended',
  'request.extended': 'More time was asked for',
  'request.cancelled': 'It was cancelled',
  'request.lapsed': 'Its time ran out',
  'request.closed': 'It was closed: nothing to decide any more',
  'request.failed': 'It failed',
  'request.nobody_can_sign': 'Nobody can sign it',
  'request.started_elsewhere': 'It was started in another client',
  'request.ticket_not_ended': 'Its ticket is closed, and the Applier cannot end it',
  'request.bypassed': 'It was activated past Stint’s approval policy',
  'request.bypass_ended': 'The Applier ended it for that',
  'request.bypass_not_ended': 'The Applier cannot end it',
} as const;
export type WebhookEvent = keyof typeof webhookEvents;

export const webhookEventNames = Object.keys(webhookEvents) as WebhookEvent[];

export function isWebhookEvent(name: string): name is WebhookEvent {
  return Object.hasOwn(webhookEvents, name);
}

/** What an administrator sends to see whether it arrives. */
export const testEvent = 'webhook.test';
