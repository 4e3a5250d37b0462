import { seal, unseal } from './seal.ts';
import { serverKey } from './server-key.ts';

/** Seals the secret of an endpoint to that endpoint: a copy of the database alone signs nothing. */
export function sealWebhookSecret(endpointId: string, secret: string): Buffer {
  return seal(bindingOf(endpointId), secret);
}

/** @throws SealBroken when it was sealed for another endpoint, or with another server key. */
export function openWebhookSecret(endpointId: string, sealed: Buffer): string {
  return unseal(bindingOf(endpointId), sealed);
}

function bindingOf(endpointId: string) {
  return { material: serverKey(), purpose: 'webhook-secret', context: endpointId };
}
