import type { Actor, Doer } from '#lib/domain/actor.ts';
import type { Audience } from '#lib/domain/plane.ts';
import type { Call } from '#lib/domain/proof.ts';

/** Who does it, and the id that follows it from browser to Azure. */
export interface Context {
  doer: Doer;
  traceId: string;
  /** For a job: throws when it may be another worker's by now, whose writes then count. */
  requireHold?: (() => void) | undefined;
  /** The call of a person that this is, for which they may have signed in anew. */
  call?: Call | undefined;
  /** Only administrators do this: `change` asks for a fresh sign-in where settings say so. */
  administers?: boolean | undefined;
}

/** A person at a door: what they may is judged by `actor`, never by what a form says. */
export interface PersonContext extends Context {
  actor: Actor;
  doer: Doer & { kind: 'person' };
}

export function asPerson(actor: Actor, traceId: string, call?: Call): PersonContext {
  return { actor, traceId, call, doer: { kind: 'person', id: actor.objectId, name: actor.name } };
}

export function asJob(job: string, traceId: string, requireHold?: () => void): Context {
  return { traceId, requireHold, doer: { kind: 'stint', job } };
}

/** A person's access token, sealed to one act by lib/auth. */
export type SealedTokens = (actId: string, audience: Audience) => Buffer;

/** Opens what `SealedTokens` sealed. */
export type OpenToken = (actId: string, audience: Audience, sealed: Buffer) => string;
