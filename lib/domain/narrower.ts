import type { ScopeKind } from './assignment.ts';
import type { PolicyFacts } from './policy.ts';

/** A place below a scope where something may be activated. */
export interface Place {
  id: string;
  name: string;
  kind: ScopeKind;
}

/** How long what was read below a scope is offered, and taken, without being read again. */
export const placesFreshMinutes = 60;

/** Each demand of either: PIM may have other rules at a narrower place, and which of them count only PIM knows. */
export function stricter(one: PolicyFacts | null, other: PolicyFacts | null): PolicyFacts | null {
  if (!one || !other) return one ?? other;
  const deciding = other.approval ? other : one;
  return {
    maximumMinutes: Math.min(one.maximumMinutes, other.maximumMinutes),
    justification: one.justification || other.justification,
    ticket: one.ticket || other.ticket,
    mfa: one.mfa || other.mfa,
    authenticationContext: other.authenticationContext ?? one.authenticationContext,
    approval: deciding.approval,
    approvers: deciding.approvers,
    ...(deciding.unreadGroups && { unreadGroups: deciding.unreadGroups }),
    ...((other.extension ?? one.extension) && { extension: other.extension ?? one.extension }),
  };
}

/** The subscription a place lies in, where the path names one. */
export function subscriptionOf(scopeId: string): string | null {
  return /^\/subscriptions\/[^/]+/i.exec(scopeId)?.[0] ?? null;
}

/** PIM was seen to refuse a place inside a subscription to who is eligible at a management group. */
export function isRefusedBelow(eligibleScopeId: string | null, scopeId: string): boolean {
  const isGroup = eligibleScopeId
    ?.toLowerCase()
    .startsWith('/providers/microsoft.management/managementgroups/');
  const subscription = subscriptionOf(scopeId);
  return isGroup === true && subscription !== null && subscription.length < scopeId.length;
}
