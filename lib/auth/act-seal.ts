import type { Audience } from '#lib/domain/plane.ts';
import { seal, unseal } from './seal.ts';
import { serverKey } from './server-key.ts';

/** Seals one access token to one act (a request, a decision, a refresh), so that no other act can use it. */
export function sealForAct(actId: string, audience: Audience, token: string): Buffer {
  return seal(bindingOf(actId, audience), token);
}

/** @throws SealBroken when it was sealed for another act or audience, or with another server key. */
export function openForAct(actId: string, audience: Audience, sealed: Buffer): string {
  return unseal(bindingOf(actId, audience), sealed);
}

function bindingOf(actId: string, audience: Audience) {
  return { material: serverKey(), purpose: 'act-token', context: `${actId} ${audience}` };
}
