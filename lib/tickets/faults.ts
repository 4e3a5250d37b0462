/** Everything that can go wrong with a ticket system, as a closed list, each in words for administrators. */
const words = {
  not_configured: 'its credential is not set in Stint’s environment.',
  credential_refused: 'it does not accept Stint’s credential, or the credential may not see tickets.',
  busy: 'it is busy.',
  away: 'it does not answer.',
  broken: 'it answered something that cannot be understood.',
  too_large: 'its answer is too large.',
  redirected: 'it sends to another address, which Stint does not follow.',
  address_refused:
    'its address is not one that Stint calls: https and public, or named in STINT_TICKET_HOSTS.',
} as const;

type TicketFaultKind = keyof typeof words;

export class TicketSystemFault extends Error {
  readonly kind: TicketFaultKind;
  /** HTTP status; 0: none. */
  readonly status: number;
  readonly retryAfterSeconds: number | null;

  /** `detail` says more in place of the general words; never what was sent or a credential. */
  constructor(
    kind: TicketFaultKind,
    facts: { status?: number; retryAfterSeconds?: number | null; detail?: string; cause?: unknown } = {},
  ) {
    super(facts.detail ?? words[kind], { cause: facts.cause });
    this.name = 'TicketSystemFault';
    this.kind = kind;
    this.status = facts.status ?? 0;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }
}
