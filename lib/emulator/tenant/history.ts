import type { AuditEvent } from '#lib/emulator/graph-state.ts';
import { principalActor, writeAudit } from '#lib/emulator/pim/audit.ts';
import { auditMembership } from '#lib/emulator/pim/audit-directory.ts';
import { auditExpiry, auditRequest } from '#lib/emulator/pim/audit-pim.ts';
import type { Schedule, State } from '#lib/emulator/state.ts';
import { DAY, numberedId } from './numbered-id.ts';
import { personId } from './people.ts';
import { stableGuid } from './permission-ids.ts';

const HOUR = DAY / 24;

/** The numbers of eligibilities that were used: how many days ago, for how long, and whether the person gave it back early. */
const USES: [eligibility: number, daysAgo: number, hours: number, givenBack: boolean][] = [
  [53, 26, 4, false],
  [46, 20, 8, false],
  [54, 17, 0.4, true],
  [46, 13, 6, true],
  [8, 12, 8, false],
  [54, 11, 0.5, true],
  [41, 10, 2, false],
  [24, 9, 1, true],
  [42, 6, 1, true],
  [1, 5, 0.4, true],
  [43, 4, 12, false],
  [8, 3, 8, false],
  [54, 3, 0.4, true],
  [22, 2, 4, false],
  [46, 1.5, 8, false],
  [48, 1, 8, false],
];

/**
 * What the directory's audit log already holds when Contoso starts: activations of the last thirty days, and three changes to
 * Stint's own registrations that somebody should ask about. The ids hold still; the moments count from now.
 */
export function addHistory(state: State, now: number): void {
  const world = { state, now: () => now, changed: () => {} };
  for (const [number, daysAgo, hours, givenBack] of USES) {
    const eligibility = state.schedules.find(({ id }) => id === numberedId('eeeeeeee', number));
    if (eligibility) auditUse(world, eligibility, now - daysAgo * DAY, hours * HOUR, givenBack);
  }
  auditChange(
    world,
    now - 3 * DAY,
    'Update application – Certificates and secrets management ',
    'Stint Reader',
  );
  auditChange(world, now - 2 * DAY, 'Add owner to application', 'Stint Step-up');
  auditChange(world, now - 3 * DAY, 'Add app role assignment grant to user', 'Stint');
  const stint = state.registrations.find(({ displayName }) => displayName === 'Stint');
  stint?.appRoleAssignments.push({
    principalId: personId('nadia.karim'),
    value: 'Stint.Administrator',
    givenAt: now - 3 * DAY,
  });
  state.graph.audits = state.graph.audits
    .toSorted((one, other) => one.at - other.at)
    .map((event, index) => ({ ...event, ...stableIds(event, index) }));
}

/** Uses that the audit log has forgotten, as `USES`. */
const FORGOTTEN: typeof USES = [
  [55, 120, 8, false],
  [44, 45, 2, true],
  [6, 40, 1, true],
];

/** What an archive of the audit log holds from before the thirty days that the directory keeps; oldest first. */
export function forgottenHistory(state: State, now: number): AuditEvent[] {
  const events = FORGOTTEN.flatMap(([number, daysAgo, hours, givenBack]) => {
    const at = now - daysAgo * DAY;
    // A log of its own for each: a log lets go of what is too old for it.
    const graph: State['graph'] = { ...state.graph, audits: [] };
    const world = { state: { ...state, graph }, now: () => at + DAY, changed: () => {} };
    const eligibility = state.schedules.find(({ id }) => id === numberedId('eeeeeeee', number));
    if (eligibility) auditUse(world, eligibility, at, hours * HOUR, givenBack);
    return graph.audits;
  });
  return events.map((event, index) => ({ ...event, ...stableIds(event, index) }));
}

type World = Parameters<typeof auditRequest>[0];

function auditUse(world: World, eligibility: Schedule, at: number, length: number, givenBack: boolean): void {
  const { id: eligibilityId, plane, principalId, role, scope } = eligibility;
  const id = stableGuid(`use ${eligibilityId} ${Math.round((world.now() - at) / HOUR)}`);
  const endAt = at + length;
  const request = {
    id,
    plane,
    side: 'assignment' as const,
    principalId,
    requestorId: principalId,
    role,
    scope,
    justification: 'Planned work',
    startAt: at,
    expiration: { type: 'afterDuration' as const, duration: null, endAt },
    targetScheduleId: id,
  };
  const held: Schedule = {
    ...eligibility,
    id,
    kind: 'active',
    startAt: at,
    endAt,
    assignmentType: 'activated',
    eligibilityId,
    requestId: id,
  };
  auditRequest(world, null, { ...request, action: 'selfActivate' }, 'requested', { at });
  auditRequest(world, null, { ...request, action: 'selfActivate' }, 'completed', { at });
  auditMembership(world, 'Add', eligibility, { at });
  auditMembership(world, 'Remove', eligibility, { at: endAt });
  if (givenBack)
    auditRequest(world, null, { ...request, action: 'selfDeactivate' }, 'completed', { at: endAt });
  else auditExpiry(world, held, endAt);
}

function auditChange(world: World, at: number, activity: string, displayName: string): void {
  const { state } = world;
  const application = state.graph.applications.find((one) => one.displayName === displayName);
  const plain = { userPrincipalName: null, modified: [] };
  writeAudit(world, {
    at,
    service: 'Core Directory',
    category: 'ApplicationManagement',
    activity,
    operationType: activity.startsWith('Add') ? 'Assign' : 'Update',
    result: 'success',
    reason: '',
    correlationId: '',
    initiatedBy: principalActor(state, personId('nadia.karim')),
    targets: [{ ...plain, id: application?.id ?? '', displayName, type: 'Application' }],
    details: [],
  });
}

function stableIds({ id, correlationId, activity }: State['graph']['audits'][number], index: number) {
  const guid = stableGuid(`audit ${index} ${activity}`);
  const isRequest = /PIM activation\)|PIM deactivate\)|PIM activation expired\)/.test(activity);
  return {
    id: `${id.split('_')[0]}_${guid}_${index}`,
    correlationId: isRequest ? correlationId : stableGuid(`correlation ${index}`),
  };
}
