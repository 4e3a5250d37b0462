import type { Audience } from '#lib/domain/plane.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/**
 * Entra gives no token for this audience before a stronger sign-in (interaction_required with claims). Who has nothing
 * to keep it with says as ever that the person has to sign in again.
 */
export class StepUpAsked extends Refusal {
  readonly audience: Audience;
  /** JSON text, exactly as asked for. */
  readonly claims: string;
  constructor(audience: Audience, claims: string) {
    super('sign_in_again');
    this.audience = audience;
    this.claims = claims;
  }
}
