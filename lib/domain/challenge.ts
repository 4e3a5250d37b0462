import type { Audience } from './plane.ts';
import type { RequestStatus } from './request.ts';

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
  /** How the end is meant that waits for it. */
  manner?: { soonest?: boolean | undefined; keepFollowOn?: boolean | undefined } | undefined;
}

/** What to ask for when PIM wants multifactor authentication and names no claims. */
export const mfaClaims = '{"access_token":{"amr":{"values":["mfa"]}}}';

/** Claims for one authentication context, as PIM words them. */
export function contextClaims(context: string): string {
  return JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });
}

/** The challenge after this one was answered, or after none: asked the same again, it counts the repeats. */
export function nextChallenge(
  before: Challenge | null,
  { audience, claims }: Pick<Challenge, 'audience' | 'claims'>,
): Challenge {
  const isSame = before !== null && asksTheSame(before, { audience, claims });
  return { audience, claims, from: 'azure', repeats: isSame ? before.repeats + 1 : 0 };
}

/** Whether one sign-in answers both: the same audience and the same claims, however their JSON is spaced. */
export function asksTheSame(
  one: Pick<Challenge, 'audience' | 'claims'>,
  other: Pick<Challenge, 'audience' | 'claims'>,
): boolean {
  return one.audience === other.audience && plain(one.claims) === plain(other.claims);
}

/** In which statuses a challenge that is kept with a request is open, and what it was asked for waits. */
export function waitsForStepUp(status: RequestStatus): boolean {
  return ['needs_you', 'active', 'awaiting_approval', 'scheduled'].includes(status);
}

/** The authentication contexts among the claims of an access token, such as `c1`. */
export function contextsIn(claims: string): string[] {
  const asked = parsed(claims)?.access_token?.acrs;
  return [asked?.value, asked?.values].flat().filter((one): one is string => typeof one === 'string');
}

/** What is asked for, in words that go on after “asks for”. */
export function challengeWords(claims: string): string {
  const contexts = contextsIn(claims).filter((context) => context !== azureMfa);
  if (contexts.length > 0) return `a stronger sign-in (authentication context ${contexts.join(', ')})`;
  const isMfa = claims.includes('mfa') || contextsIn(claims).includes(azureMfa);
  return isMfa ? 'multifactor authentication' : 'a stronger sign-in';
}

/** What was on its way when the challenge came, and goes on after it. */
export type GoesOn = 'request' | 'decision' | 'end' | 'cancellation';

/** What the person reads while it waits for the sign-in. */
export function challengeNote(
  { claims, from, repeats }: Omit<Challenge, 'audience' | 'manner'>,
  goesOn: GoesOn = 'request',
): string {
  const what = challengeWords(claims);
  if (repeats === 0) {
    const who = from === 'policy' ? 'This role' : 'Azure';
    return `${who} asks for ${what} first. Sign in with it, and the same ${goesOn} goes on.`;
  }
  return `Microsoft asked for the same again after you signed in: ${what}. Azure did nothing, and nothing is lost. Tell your administrator to check that a Conditional Access policy is on behind it and means you, and that it is not set for both the context and the role.`;
}

/** The context by which Azure's mandatory MFA asks for it. */
const azureMfa = 'p1';

interface Asked {
  access_token?: { acrs?: { value?: unknown; values?: unknown } };
}

function parsed(claims: string): Asked | null {
  try {
    return JSON.parse(claims);
  } catch {
    return null;
  }
}

function plain(claims: string): string {
  const known = parsed(claims);
  return known ? JSON.stringify(known) : claims;
}
