import { randomUUID } from 'node:crypto';

/** What the authority must remember about what it issued; codes and refresh tokens carry the rest themselves, sealed. */
export interface Ledger {
  /** Changes at a reset: what was sealed before is revoked. */
  epoch: string;
  /** Ids of redeemed codes, with the moment (milliseconds) from which they are expired anyway. */
  redeemed: Record<string, number>;
}

export function newLedger(): Ledger {
  return { epoch: randomUUID(), redeemed: {} };
}

/** Marks a code as used. False: it was used before. */
export function redeemOnce(ledger: Ledger, codeId: string, expiresAt: number, now: number): boolean {
  if (codeId in ledger.redeemed) return false;
  for (const [id, expired] of Object.entries(ledger.redeemed)) if (expired < now) delete ledger.redeemed[id];
  ledger.redeemed[codeId] = expiresAt;
  return true;
}
