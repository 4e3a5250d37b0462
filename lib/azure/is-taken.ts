import { type ActiveAssignment, type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import type { FiledRequest } from './ports.ts';

/** Of one's own, filed otherwise than as the request in question. */
export interface Other {
  role: RoleAtScope;
  filed: FiledRequest;
}

/**
 * Whether what lists show explains that Azure “has it already”: another request that waits, another activation that
 * is held and not over, or an assignment without activation. What is over may linger in a list and explains nothing.
 */
export function isTakenBy(
  others: readonly Other[],
  active: readonly ActiveAssignment[],
  role: RoleAtScope,
  now: Date,
): boolean {
  const held = active.filter((row) => roleKey(row) === roleKey(role));
  if (held.some(({ kind }) => kind !== 'activated')) return true;
  return others.some(({ role: other, filed: { status, endsAt } }) => {
    if (roleKey(other) !== roleKey(role)) return false;
    if (status === 'pending_approval' || status === 'scheduled') return true;
    const granted = status === 'provisioned' || status === 'provisioning';
    return granted && held.length > 0 && endsAt !== null && endsAt > now;
  });
}
