import type { Activation } from '#lib/azure/ports.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import type { OwnRequest } from './dialect.ts';

/**
 * Whether a request that Graph holds is what came of an earlier try of this activation. One without justification carries
 * no mark: then it is the one in the way, for the same role, as bare, and not made before ours was filed.
 */
export function isOurs(own: OwnRequest, activation: Activation): boolean {
  if (own.mark) return own.mark === activation.requestId;
  // An earlier one is older than PIM's shortest activation; clocks may differ by that much.
  if (activation.filedAt && own.createdAt < plusMinutes(activation.filedAt, -floorMinutes)) return false;
  const live = ['pending_approval', 'scheduled', 'provisioning', 'provisioned'].includes(own.filed.status);
  return live && !activation.justification && !own.justification && roleKey(own.role) === roleKey(activation);
}
