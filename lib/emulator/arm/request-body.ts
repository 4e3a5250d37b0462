import type { Ask } from '#lib/emulator/pim/file.ts';
import { invalidRequest } from '#lib/emulator/pim/refusals.ts';
import type { Action, ScheduleRequest } from '#lib/emulator/state.ts';
import { lastSegment } from './last-segment.ts';

const ACTIONS: Action[] = [
  'adminAssign',
  'adminUpdate',
  'adminRemove',
  'adminExtend',
  'adminRenew',
  'selfActivate',
  'selfDeactivate',
  'selfExtend',
  'selfRenew',
];

const EXPIRATIONS: ScheduleRequest['expiration']['type'][] = [
  'noExpiration',
  'afterDateTime',
  'afterDuration',
];

/** What a schedule request says, of those parts that do not come from its address. */
type AskedFor = Omit<Ask, 'id' | 'plane' | 'side' | 'scope'>;

/** Reads the body of a schedule request. Throws InvalidRoleAssignmentRequest for one that makes no sense (contract 5.2). */
export function readRequestBody(body: unknown): AskedFor {
  const properties = fields(fields(body).properties);
  const schedule = fields(properties.scheduleInfo);
  const ticket = fields(properties.ticketInfo);
  const linked = text(properties.linkedRoleEligibilityScheduleId);
  return {
    action: oneOf(ACTIONS, text(properties.requestType)),
    principalId: text(properties.principalId) ?? refuse(),
    role: lastSegment(text(properties.roleDefinitionId) ?? refuse()),
    justification: text(properties.justification),
    ticketNumber: text(ticket.ticketNumber),
    ticketSystem: text(ticket.ticketSystem),
    startAt: moment(schedule.startDateTime),
    expiration: expirationOf(fields(schedule.expiration)),
    linkedEligibilityId: linked === null ? null : lastSegment(linked),
    validateOnly: properties.isValidationOnly === true,
    ...conditionOf(text(properties.condition), text(properties.conditionVersion)),
  };
}

/** An object's fields; nothing at all counts as an empty object. */
export function fields(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return refuse();
  return { ...value };
}

/** A text, or null where there is none. */
export function text(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : refuse();
}

/** A condition goes with its version; 2.0 where none is named. */
function conditionOf(
  condition: string | null,
  version: string | null,
): Pick<Ask, 'condition' | 'conditionVersion'> {
  return condition ? { condition, conditionVersion: version ?? '2.0' } : {};
}

function expirationOf(expiration: Record<string, unknown>): ScheduleRequest['expiration'] {
  const type = text(expiration.type);
  return {
    type: type === null ? 'notSpecified' : oneOf(EXPIRATIONS, type),
    duration: text(expiration.duration),
    endAt: moment(expiration.endDateTime),
  };
}

function moment(value: unknown): number | null {
  const written = text(value);
  if (written === null) return null;
  const parsed = Date.parse(written);
  return Number.isNaN(parsed) ? refuse() : parsed;
}

function oneOf<Word extends string>(words: Word[], written: string | null): Word {
  return words.find((word) => word.toLowerCase() === written?.toLowerCase()) ?? refuse();
}

function refuse(): never {
  throw invalidRequest();
}
