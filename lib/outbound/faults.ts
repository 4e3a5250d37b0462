/** Everything that can go wrong on the way out, before anybody's own words count. */
type OutboundFaultKind = 'address_refused' | 'too_large' | 'late' | 'unreachable';

export class OutboundFault extends Error {
  readonly kind: OutboundFaultKind;
  /** HTTP status; 0: none. */
  readonly status: number;

  constructor(kind: OutboundFaultKind, facts: { status?: number; cause?: unknown } = {}) {
    super(kind, { cause: facts.cause });
    this.name = 'OutboundFault';
    this.kind = kind;
    this.status = facts.status ?? 0;
  }
}
