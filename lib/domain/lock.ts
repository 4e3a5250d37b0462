/** A management lock of Azure Resource Manager. */
export interface Lock {
  name: string;
  scopeId: string;
  level: 'CanNotDelete' | 'ReadOnly';
}

/** The locks at a scope or above it, which are what keeps an assignment there from being taken away. */
export function locksOver(locks: readonly Lock[], scopeId: string): Lock[] {
  const at = `${scopeId.toLowerCase()}/`;
  return locks.filter((lock) => at.startsWith(`${lock.scopeId.toLowerCase()}/`));
}

/** The subscription a scope lies in, lower case; null above subscriptions, where there are no locks. */
export function subscriptionOf(scopeId: string): string | null {
  return /^\/subscriptions\/[^/]+/.exec(scopeId.toLowerCase())?.[0] ?? null;
}
