import type { RoleNames } from '#lib/domain/assignment.ts';
import type { Evidence } from '#lib/domain/finding.ts';
import { holdingKindNames } from '#lib/domain/inventory.ts';
import { principalKindNames } from '#lib/domain/principal.ts';
import { type Reach, reachWords } from '#lib/domain/scope-reach.ts';
import type { Holding } from './holding.ts';
import type { Privilege } from './privilege.ts';

const most = 10;

/** The day of a moment in UTC, as evidence: a length like “3 days ago” would be another one at every reading. */
export function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** `Owner on Production`, `Member of sg-oncall`. */
export function roleWords({ roleName, scopeName, scopeKind }: RoleNames): string {
  if (scopeKind === 'group') return `${roleName} of ${scopeName}`;
  return `${roleName} on ${scopeName === '/' ? 'all of Azure' : scopeName}`;
}

/** The first of a list, and how many more there are. */
export function someOf(words: readonly string[], total = words.length): string {
  const shown = words.slice(0, most);
  return total > shown.length ? `${shown.join(', ')} and ${total - shown.length} more` : shown.join(', ');
}

export function abilities({ dangers, critical }: Privilege): Evidence {
  const words = dangers.map(({ what }) => what);
  if (words.length > 0) return { label: 'It can', value: someOf(words) };
  return { label: 'It can', value: critical ? 'what Microsoft marks as privileged' : 'nothing dangerous' };
}

/** What lies below a management group, whose name does not tell. */
export function reaches({ reach }: { reach: Reach | null }): Evidence[] {
  return reach ? [{ label: 'Reaches', value: reachWords(reach) }] : [];
}

/** Who holds what, where, since when. */
export function holdingEvidence(one: Holding): Evidence[] {
  return [
    { label: 'Role', value: one.roleName },
    { label: 'Where', value: `${one.scopeName} (${one.scopeId})` },
    ...reaches(one),
    { label: 'Held by', value: `${one.holderName}, ${principalKindNames[one.holderKind].toLowerCase()}` },
    { label: 'How', value: holdingKindNames[one.kind].toLowerCase() },
    { label: 'Since', value: day(one.since) },
    ...(one.endsAt ? [{ label: 'Until', value: day(one.endsAt) }] : []),
    ...(one.isConditional ? [{ label: 'Condition', value: 'Azure checks a condition at every use' }] : []),
    ...(one.privilege ? [abilities(one.privilege)] : []),
  ];
}
