import type { Audience } from './plane.ts';

/**
 * A stronger sign-in that Azure asks for before it takes a request. Sources: PIM's 400
 * RoleAssignmentRequestAcrsValidationFailed (claims in its message) and MfaRule (none: `amr` mfa is asked for), ARM's
 * 401 insufficient_claims, Entra's interaction_required, or the role's policy before Azure was asked at all.
 */
export interface Challenge {
  /** Whose token has to carry the claims. */
  audience: Audience;
  /** JSON text for the `claims` parameter of the authority, exactly as asked for. */
  claims: string;
  /** Who asked: the policy as Stint knows it, or Azure when it refused. */
  from: 'policy' | 'azure';
  /** How often it was answered by a sign-in and Azure asked the same again. */
  repeats: number;
}
