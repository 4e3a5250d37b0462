import type { Actor, Doer } from '#lib/domain/actor.ts';
import type { Audience } from '#lib/domain/plane.ts';

/** Who does it, and the id that follows it from browser to Azure. */
export interface Context {
  doer: Doer;
  traceId: string;
  /** For a job: throws when it may be another worker's by now, whose writes then count. */
  requireHold?: (() => void) | undefined;
}

/** A person at a door: what they may is judged by `actor`, never by what a form says. */
export interface PersonContext extends Context {
  actor: Actor;
  doer: Doer & { kind: 'person' };
}

export function asPerson(actor: Actor, traceId: string): PersonContext {
  return { actor, traceId, doer: { kind: 'person', id: actor.objectId, name: actor.name } };
}

export function asJob(job: string, traceId: string, requireHold?: () => void): Context {
  return { traceId, requireHold, doer: { kind: 'stint', job } };
}

/** A person's access token, sealed to one act by lib/auth. */
export type SealedTokens = (actId: string, audience: Audience) => Buffer;

/** Opens what `SealedTokens` sealed. */
export type OpenToken = (actId: string, audience: Audience, sealed: Buffer) => string;
