import type { PolicyFault } from '#lib/domain/approval-policy-faults.ts';

/** What is wrong with a field, by the way to it. */
export type FaultAt = (field: string) => string | undefined;

export function faultsBelow(faults: readonly PolicyFault[], at: string): FaultAt {
  return (field) => faults.find((one) => one.at === `${at}.${field}`)?.why;
}
