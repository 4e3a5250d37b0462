import type { Audience } from '#lib/domain/plane.ts';
import { Refusal } from '#lib/domain/refusal.ts';

const notHere =
  'Microsoft asks for a stronger sign-in before Stint may ask Azure for you, and signing in to Stint does not bring it. Activate an Azure role: its request offers that sign-in.';

/**
 * Entra gives no token for this audience before a stronger sign-in (interaction_required with claims). Who has nothing
 * to keep it with says as ever that the person has to sign in again; for Azure Resource Manager that would bring nothing,
 * since signing in to Stint asks for Graph's, and a request has to ask for it.
 */
export class StepUpAsked extends Refusal {
  readonly audience: Audience;
  /** JSON text, exactly as asked for. */
  readonly claims: string;
  constructor(audience: Audience, claims: string) {
    super(audience === 'arm' ? 'step_up_needed' : 'sign_in_again', audience === 'arm' ? notHere : undefined);
    this.audience = audience;
    this.claims = claims;
  }
}
