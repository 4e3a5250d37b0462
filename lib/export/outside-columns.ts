import { outsideRoles } from '#db/schema/posture.ts';
import { outsideKindNames } from '#lib/domain/outside-role.ts';
import type { Column } from './cells.ts';
import { at, named, typed, word } from './column-kinds.ts';

/** One row of the export of privilege outside roles. Headings are stable: people build on them. Times are UTC. */
export const outsideColumns: readonly Column[] = [
  word('kind', outsideRoles.kind),
  typed('kind_name', named(outsideRoles.kind, outsideKindNames)),
  typed('principal', outsideRoles.principalName),
  typed('principal_id', outsideRoles.principalId),
  typed('over', outsideRoles.targetName),
  typed('over_id', outsideRoles.targetId),
  typed('what', outsideRoles.what),
  at('starts_at', outsideRoles.startsAt),
  at('ends_at', outsideRoles.endsAt),
  at('first_seen_at', outsideRoles.firstSeenAt),
  typed('cursor', outsideRoles.id),
];
