import type { Challenge } from '#lib/domain/challenge.ts';
import type { Audience } from '#lib/domain/plane.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import type { Manner } from './begin-ending.ts';
import type { TokenChallenges } from './challenges.ts';
import { end } from './end.ts';
import { keepChallenge } from './keep-challenge.ts';
import { releaseNeed } from './release-need.ts';

/** No token was given for this audience before a stronger sign-in. */
class TokenAsked extends Error {
  readonly asked: Pick<Challenge, 'audience' | 'claims'>;
  constructor(audience: Audience, claims: string) {
    super(`A sign-in is asked for before a ${audience} token.`);
    this.asked = { audience, claims };
  }
}

/**
 * Ends an activation, or releases it from one ticket. Where that takes a token that Microsoft gives only after a
 * stronger sign-in (`asked`), the end is kept as it was meant, to go on after it; what stays on for another ticket
 * takes none.
 * @throws Refusal `step_up_needed` once it is kept, and what `end` and `releaseNeed` refuse.
 */
export async function endOrAsk(
  ctx: PersonContext,
  { requestId, ticketNumber }: { requestId: string; ticketNumber?: string | null | undefined },
  { seal, asked }: { seal: SealedTokens; asked: TokenChallenges },
  manner: Manner,
): Promise<'ending' | 'kept'> {
  const sealOrAsk: SealedTokens = (actId, audience) => {
    const claims = asked[audience];
    if (claims) throw new TokenAsked(audience, claims);
    return seal(actId, audience);
  };
  try {
    if (typeof ticketNumber === 'string')
      return await releaseNeed(ctx, { requestId, ticketNumber }, sealOrAsk, manner);
    await end(ctx, requestId, sealOrAsk, manner);
    return 'ending';
  } catch (error) {
    if (!(error instanceof TokenAsked)) throw error;
    return keepChallenge(ctx, requestId, 'end', error.asked, manner);
  }
}
