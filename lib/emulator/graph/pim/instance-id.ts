import { guidBytes } from '#lib/emulator/graph/guid-bytes.ts';
import type { Schedule } from '#lib/emulator/state.ts';

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * The id of a role schedule instance: base64url of the role's and the principal's GUID bytes, then `-1`, for eligibility `-1-e`.
 * A scope below the directory adds its GUID. Source: ids of documented instances, decoded.
 */
export function instanceId({ kind, role, principalId, scope }: Schedule): string {
  const guids = [role, principalId, ...(scope.match(GUID) ?? [])];
  const bytes = Buffer.concat(guids.map(guidBytes)).toString('base64url');
  return `${bytes}-1${kind === 'eligible' ? '-e' : ''}`;
}
