import { randomUUID } from 'node:crypto';
import type { AuditEvent, AuditTarget } from '#lib/emulator/graph-state.ts';
import type { State } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';

/** How far back the directory's audit log reaches with P1 or P2. Milliseconds. */
export const auditReach = 30 * 24 * 3_600_000;

type Actor = AuditEvent['initiatedBy'];

/** The two names under which PIM acts by itself, as a live tenant's audit rows print them; object ids differ from tenant to tenant. */
export const pimActors = {
  pim: {
    appName: 'Azure AD PIM',
    appId: null,
    servicePrincipalId: '9dfd627f-0d63-4c5c-9d53-6c7e1c0a7b11',
  },
  directory: {
    appName: 'MS-PIM',
    appId: '01fc33a7-78ba-4d2f-a4b7-768e336e890e',
    servicePrincipalId: 'bdefcbb6-5f3c-4c1d-8a57-2f0f5a1d9e42',
  },
} satisfies Record<string, Actor>;

/** Adds a row to the audit log, now unless it says otherwise, and lets go of what is older than it reaches. */
export function writeAudit(world: World, event: Omit<AuditEvent, 'id' | 'at'> & { at?: number }): void {
  const { graph } = world.state;
  const now = world.now();
  const prefix = event.service === 'PIM' ? 'PIM' : 'Directory';
  graph.audits.push({
    ...event,
    id: `${prefix}_${randomUUID()}_${graph.audits.length}`,
    at: event.at ?? now,
  });
  const tooOld = graph.audits.findIndex(({ at }) => at > now - auditReach);
  if (tooOld > 0) graph.audits.splice(0, tooOld);
  world.changed();
}

/** Who did it, from a token. */
export function actorOf({ state }: World, caller: Caller): Actor {
  return principalActor(state, caller.objectId);
}

/** The same, by object id. */
export function principalActor(state: State, id: string): Actor {
  const app = state.servicePrincipals.find((one) => one.id === id);
  return app ? { appName: app.displayName, appId: app.appId, servicePrincipalId: id } : { userId: id };
}

/** A person, group, role, administrative unit or service principal as the object of an event. */
export function objectTarget(state: State, id: string): AuditTarget {
  const plain = { id, userPrincipalName: null, modified: [] };
  const user = state.users.find((one) => one.id === id);
  if (user) {
    const { displayName, userPrincipalName } = user;
    return { ...plain, displayName, userPrincipalName, type: 'User' };
  }
  const group = state.groups.find((one) => one.id === id);
  if (group) return { ...plain, displayName: group.displayName, type: 'Group' };
  const role = state.entraRoles.find((one) => one.id === id);
  if (role) return { ...plain, displayName: role.displayName, type: 'Role' };
  const unit = state.graph.administrativeUnits.find((one) => one.id === id);
  if (unit) return { ...plain, displayName: unit.displayName, type: 'Other' };
  const displayName = state.servicePrincipals.find((one) => one.id === id)?.displayName ?? null;
  return { ...plain, displayName, type: 'ServicePrincipal' };
}
