import { isRow, type Row } from '#lib/emulator/graph/exchange.ts';
import { GraphRefusal } from '#lib/emulator/graph/refusal.ts';
import type { Ask } from '#lib/emulator/pim/file.ts';
import { invalidRequest } from '#lib/emulator/pim/refusals.ts';
import type { Action, ScheduleRequest } from '#lib/emulator/state.ts';
import type { Family, Side } from './family.ts';

const actions: Action[] = [
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
const types = ['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'] as const;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i;

/** A schedule request from its body; names match in any casing. Throws InvalidRoleAssignmentRequest at whatever makes no sense. */
export function readAsk(body: unknown, family: Family, side: Side): Ask {
  if (!isRow(body)) throw new GraphRefusal(400, 'BadRequest', 'Empty Payload. JSON content expected.');
  const action = oneOf(actions, body.action);
  const principalId = text(body.principalId);
  if (!action || !principalId) throw invalidRequest();
  const ticket = rowOrEmpty(body.ticketInfo);
  const schedule = rowOrEmpty(body.scheduleInfo);
  if (schedule.recurrence) throw invalidRequest();
  const customData = text(body.customData);
  return {
    ...family.target(body),
    plane: family.plane,
    side,
    action,
    principalId,
    justification: text(body.justification),
    ticketNumber: text(ticket.ticketNumber),
    ticketSystem: text(ticket.ticketSystem),
    startAt: momentOf(schedule.startDateTime),
    expiration: expirationOf(rowOrEmpty(schedule.expiration)),
    validateOnly: body.isValidationOnly === true,
    ...(customData !== null && { customData }),
  };
}

/** Text or nothing. Throws InvalidRoleAssignmentRequest for any other kind of value. */
function text(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw invalidRequest();
  return value;
}

function expirationOf(expiration: Row): ScheduleRequest['expiration'] {
  const type = expiration.type === undefined ? 'notSpecified' : oneOf(types, expiration.type);
  if (!type) throw invalidRequest();
  return { type, duration: text(expiration.duration), endAt: momentOf(expiration.endDateTime) };
}

function momentOf(value: unknown): number | null {
  const written = text(value);
  if (written === null) return null;
  const milliseconds = MOMENT.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw invalidRequest();
  return milliseconds;
}

function oneOf<Name extends string>(names: readonly Name[], value: unknown): Name | undefined {
  const written = text(value)?.toLowerCase();
  return names.find((name) => name.toLowerCase() === written);
}

function rowOrEmpty(value: unknown): Row {
  if (value === undefined || value === null) return {};
  if (!isRow(value)) throw invalidRequest();
  return value;
}
