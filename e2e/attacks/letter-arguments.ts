import { randomUUID } from 'node:crypto';
import { usualPreferences } from '#lib/domain/delivery.ts';

/** What the actions about letters and endpoints are sent, with the id of whose it is. */
export const letterArguments: Record<string, (id: string) => unknown> = {
  readNotifications: () => 'all',
  saveNotifications: () => usualPreferences,
  saveWebhook: () => ({
    ...{ id: null, version: 0 },
    facts: {
      ...{ name: `A1 ${randomUUID().slice(0, 8)}`, url: 'https://hooks.example.com/a1' },
      ...{ events: ['request.nobody_can_sign'], sendsReasons: false },
    },
  }),
  rotateWebhookSecret: (endpointId) => ({ endpointId, version: 1 }),
  switchWebhook: (endpointId) => ({ endpointId, on: false }),
  removeWebhook: (endpointId) => ({ endpointId, version: 1 }),
};
