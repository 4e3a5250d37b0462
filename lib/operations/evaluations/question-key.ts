import { createHash } from 'node:crypto';
import { roleKey } from '#lib/domain/assignment.ts';
import type { Callout } from '#lib/domain/evaluation.ts';

/**
 * What PIM asks about, so that the same asked again is known by it: the id of its request, or, of Azure's documented
 * body, which has none, everything it says.
 */
export function questionKey({ azureId, role, ...asked }: Callout): string {
  if (azureId) return `${role.plane} ${azureId}`;
  const { principalId, action, minutes, startsAt, justification, ticketNumber } = asked;
  const said = [principalId, roleKey(role), action, minutes, startsAt, justification, ticketNumber];
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}
