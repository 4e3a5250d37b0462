import type { ActivationSeen, ActivationTold, TenantReading } from '#lib/azure/ports.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { placeOf } from '#lib/domain/difference.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { activeOf } from './port.ts';
import { type FakeRequest, type FakeState, isVisible, settle } from './state.ts';
import { people } from './tenant.ts';

/** Every activation of a plane, place by place. */
export function everywhere(state: FakeState, plane: Plane): TenantReading {
  settle(state);
  const places = [...new Set(state.roles.filter((role) => role.plane === plane).map(placeOf))];
  const held = Object.values(people).flatMap(({ id, name }) =>
    activeOf(state, id)
      .filter((row) => row.plane === plane && !state.silent.has(placeOf(row)))
      .map((row): ActivationSeen => {
        const assignmentId = `${id}:${roleKey(row)}`;
        return { ...row, principalId: id, principalName: name, assignmentId };
      }),
  );
  return {
    held,
    places: places.filter((place) => !state.silent.has(place)),
    gaps: places.filter((place) => state.silent.has(place)).map((place) => ({ place, why: 'busy' })),
  };
}

/** What the fake's audit log tells of an activation. */
export function told(state: FakeState, seen: ActivationSeen): ActivationTold | null {
  const found = state.requests.find((request) => isOf(request, seen, state.now()));
  if (!found) return null;
  const { justification, ticketNumber, createdAt: askedAt, id: azureId } = found;
  return { byName: seen.principalName, justification, ticketNumber, askedAt, azureId };
}

function isOf(request: FakeRequest, seen: ActivationSeen, now: Date): boolean {
  return (
    request.principalId === seen.principalId &&
    roleKey(request.role) === roleKey(seen) &&
    isVisible(request, now)
  );
}
