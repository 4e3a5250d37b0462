'use server';

import { z } from 'zod';
import { administer, typed } from '#app/(portal)/door.ts';
import { sealWebhookSecret } from '#lib/auth/webhook-seal.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { faultOfEndpoint } from '#lib/notify/webhook-address.ts';
import { removeEndpoint } from '#lib/operations/webhooks/remove-endpoint.ts';
import { rotateSecret } from '#lib/operations/webhooks/rotate-secret.ts';
import { saveEndpoint } from '#lib/operations/webhooks/save-endpoint.ts';
import { switchEndpoint } from '#lib/operations/webhooks/switch-endpoint.ts';
import { testEndpoint } from '#lib/operations/webhooks/test-endpoint.ts';

const version = z.number().int().min(0);
const endpoint = z.object({
  id: z.guid().nullable(),
  version,
  facts: z.object({
    name: typed.pipe(z.string().max(60)),
    url: typed.pipe(z.string().max(500)),
    events: z.array(z.string().max(60)).max(50),
    sendsReasons: z.boolean(),
  }),
});

/** Sets an endpoint up, or changes one; of a new one answers the secret, this once. */
export async function saveWebhook(
  input: z.input<typeof endpoint>,
): Promise<Outcome<{ id: string; secret: string | null }>> {
  return administer('saveWebhook', endpoint, input, (known, ctx) =>
    saveEndpoint(ctx, known, sealWebhookSecret, faultOfEndpoint),
  );
}

const oneAsSeen = z.object({ endpointId: z.guid(), version });

/** Gives an endpoint a new secret, and answers it, this once. */
export async function rotateWebhookSecret(
  input: z.input<typeof oneAsSeen>,
): Promise<Outcome<{ secret: string }>> {
  return administer('rotateWebhookSecret', oneAsSeen, input, async (known, ctx) => ({
    secret: await rotateSecret(ctx, known, sealWebhookSecret),
  }));
}

const onOff = z.object({ endpointId: z.guid(), on: z.boolean() });

/** Switches an endpoint off, or on again. */
export async function switchWebhook(input: z.input<typeof onOff>): Promise<Outcome<null>> {
  return administer('switchWebhook', onOff, input, async (known, ctx) => {
    await switchEndpoint(ctx, known);
    return null;
  });
}

/** Removes an endpoint that is switched off. */
export async function removeWebhook(input: z.input<typeof oneAsSeen>): Promise<Outcome<null>> {
  return administer('removeWebhook', oneAsSeen, input, async (known, ctx) => {
    await removeEndpoint(ctx, known);
    return null;
  });
}

const endpointId = z.guid();

/** Sends an endpoint an event about nothing. */
export async function testWebhook(input: z.input<typeof endpointId>): Promise<Outcome<null>> {
  return administer('testWebhook', endpointId, input, async (id, ctx) => {
    await testEndpoint(ctx, id);
    return null;
  });
}
