/**
 * Everything that can go wrong with Azure, as a closed list. Each fault knows whether trying again can
 * help; what we do not recognise is `unrecognised`, and that is a no.
 */
export const faultKinds = {
  /** 429, 503 and friends: wait as told. */
  busy: 'later',
  /** No answer, or a broken one: the effect is unknown. Read, then decide. */
  unknown_outcome: 'later',
  /** Just created, not everywhere yet (SubjectNotFound). */
  not_yet_visible: 'later',
  /** Token missing, expired or of the wrong kind. */
  token_refused: 'after_sign_in',
  /** A claims challenge: `claims` says what to ask for. */
  step_up_needed: 'after_sign_in',
  /** MfaRule. */
  mfa_needed: 'after_sign_in',
  /** Policy rules other than MFA; `rules` names them. */
  policy_refused: 'never',
  not_eligible: 'never',
  already_exists: 'never',
  not_active: 'never',
  too_short: 'never',
  already_decided: 'never',
  not_allowed: 'never',
  not_found: 'never',
  not_cancellable: 'never',
  locked: 'never',
  unlicensed: 'never',
  unrecognised: 'never',
} as const;

export type FaultKind = keyof typeof faultKinds;

export class AzureFault extends Error {
  readonly kind: FaultKind;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Azure's own code, such as `RoleAssignmentExists`. */
  readonly code: string;
  /** PIM rule names, such as `JustificationRule`. */
  readonly rules: readonly string[];
  /** JSON text of the claims asked for. */
  readonly claims: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(
    kind: FaultKind,
    facts: {
      status?: number;
      code?: string;
      message: string;
      rules?: readonly string[];
      claims?: string | null;
      retryAfterSeconds?: number | null;
      cause?: unknown;
    },
  ) {
    super(facts.message, { cause: facts.cause });
    this.name = 'AzureFault';
    this.kind = kind;
    this.status = facts.status ?? 0;
    this.code = facts.code ?? '';
    this.rules = facts.rules ?? [];
    this.claims = facts.claims ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }

  /** The same failure, called what the call it happened in makes of it. */
  as(kind: FaultKind): AzureFault {
    return new AzureFault(kind, { ...this, message: this.message, cause: this.cause });
  }

  /** `later`: again by itself; `after_sign_in`: the person is needed; `never`: a final no. */
  get retry(): (typeof faultKinds)[FaultKind] {
    return faultKinds[this.kind];
  }
}
