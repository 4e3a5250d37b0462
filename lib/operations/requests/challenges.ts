import { clock } from '#db/clock.ts';
import type { AzureFault } from '#lib/azure/faults.ts';
import {
  type Challenge,
  challengeNote,
  contextClaims,
  mfaClaims,
  nextChallenge,
} from '#lib/domain/challenge.ts';
import { type Audience, audienceOf, type Plane } from '#lib/domain/plane.ts';
import type { Verdict } from '#lib/domain/policy.ts';
import { dropTokens } from '#lib/operations/act-tokens.ts';
import { type Changed, change, type Told } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { move, mustLoad, type RequestRecord } from './move.ts';

/** Claims that the authority asked for when a token was fetched, by the audience it was for. */
export type TokenChallenges = Partial<Record<Audience, string>>;

/** What has to be met before Azure is asked at all: for a token, else by the role's policy. null: nothing. */
export function challengeAtFiling(plane: Plane, verdict: Verdict, asked: TokenChallenges): Challenge | null {
  const audience = audienceOf[plane];
  const claims = asked[audience];
  if (claims) return { audience, claims, from: 'azure', repeats: 0 };
  if (verdict.outcome !== 'needs_step_up') return null;
  return { audience, claims: contextClaims(verdict.context), from: 'policy', repeats: 0 };
}

/** What Azure asks for by this fault, counted on from the challenge answered last; null: it asks for no sign-in. */
export function challengeIn(
  fault: AzureFault,
  { plane, challenge }: Pick<RequestRecord, 'plane' | 'challenge'>,
): Challenge | null {
  const claims = fault.kind === 'mfa_needed' ? mfaClaims : fault.claims;
  if (fault.kind !== 'mfa_needed' && fault.kind !== 'step_up_needed') return null;
  return claims ? nextChallenge(challenge, { audience: audienceOf[plane], claims }) : null;
}

/** The audit entry of a challenge. */
export function toldChallenge(id: string, challenge: Challenge, more: Record<string, unknown> = {}): Told {
  return {
    action: 'request.step_up_asked',
    subject: { kind: 'request', id },
    details: { ...challenge, ...more },
  };
}

/** Azure asks for a stronger sign-in: the same request waits for its person to make it. */
export async function needStepUp(
  ctx: Context,
  request: RequestRecord,
  challenge: Challenge,
  fault: AzureFault,
): Promise<void> {
  await change(
    ctx,
    (tx) => mustLoad(tx, request.id),
    async (tx, seen): Promise<Changed<unknown>> => {
      if (seen.status !== 'filed') return { value: null, entries: [] };
      await dropTokens(tx, seen.id);
      // An earlier answer may have been lost: the look finds what Azure granted all the same.
      const patch = { challenge, failure: challengeNote(challenge), checkAt: await clock(tx) };
      const { details } = toldChallenge(seen.id, challenge, {
        azureCode: fault.code,
        azureMessage: fault.message,
      });
      return move(tx, seen, 'needs_you', patch, 'request.step_up_asked', details);
    },
  );
}
