/**
 * Everything that can go wrong with a way out, as a closed list. busy and unreachable are tried again; refused is
 * given up; gone is given up, and the address with it.
 */
type NotifyFaultKind = 'busy' | 'refused' | 'gone' | 'unreachable';

export class NotifyFault extends Error {
  readonly kind: NotifyFaultKind;
  readonly retryAfterSeconds: number | null;

  /** `why` is for administrators: never what was sent, nor a credential. */
  constructor(
    kind: NotifyFaultKind,
    why: string,
    facts: { retryAfterSeconds?: number | null; cause?: unknown } = {},
  ) {
    super(why, { cause: facts.cause });
    this.name = 'NotifyFault';
    this.kind = kind;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }
}
