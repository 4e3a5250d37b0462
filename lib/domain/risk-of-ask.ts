import type { ScopeKind } from './assignment.ts';
import type { PastAsks } from './past-asks.ts';
import type { Plane } from './plane.ts';
import { type RequestRisk, requestRisk } from './request-risk.ts';
import { dangersOf, isCritical } from './risk.ts';
import type { RoleDefinition } from './role-definition.ts';

interface Asked {
  plane: Plane;
  scopeKind: ScopeKind;
  minutes: number;
  wantedStartAt: Date | null;
  ticketNumber: string;
}

interface Known {
  /** null: never read. */
  definition: RoleDefinition | null;
  isGuest: boolean;
  past: Pick<PastAsks, 'before' | 'starts'>;
  now: Date;
}

/** What an approver should look at twice, the same wherever they look: on the page and in a chat. */
export function riskOfAsk(asked: Asked, { definition, isGuest, past, now }: Known): RequestRisk {
  const { plane, scopeKind, minutes, wantedStartAt, ticketNumber } = asked;
  const { count, usualMinutes } = past.before;
  return requestRisk({
    isCritical: plane === 'group' ? false : definition ? isCritical(definition, scopeKind) : null,
    isDangerous: definition !== null && dangersOf(definition).length > 0,
    ...{ scopeKind, isGuest, minutes, timesBefore: count },
    usual: usualMinutes === null ? null : { took: usualMinutes },
    beginsAt: wantedStartAt ?? now,
    earlierStarts: past.starts,
    hasTicket: ticketNumber !== '',
  });
}
