import type { ActivityEvent } from '#lib/emulator/arm-state.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { State } from '#lib/emulator/state.ts';
import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { activityRows } from './activity-row.ts';
import { pageOf } from './page.ts';
import { authorizationFailed, notEmulated } from './refusals.ts';
import { covers } from './scopes.ts';

const ACTION = 'Microsoft.Insights/eventtypes/values/Read';
const DAY = 86_400_000;
const PAGE = 200;
const FIELDS = ['resourceGroupName', 'resourceUri', 'resourceProvider', 'correlationId'] as const;
type Field = (typeof FIELDS)[number];

/**
 * `…/providers/Microsoft.Insights/eventtypes/management/values` of a subscription or the tenant: the writes of the last 90
 * days, newest first, two rows each. `$filter` takes a time and at most one other field, no other syntax (contract A6).
 */
export function activityLog(call: Call, world: World, caller: Caller, scope: string): Answer {
  if (call.method !== 'GET') throw notEmulated(call);
  if (scope !== '/' && !/^\/subscriptions\/[^/]+$/.test(scope)) throw notEmulated(call);
  if (!mayOnArm(world, caller.objectId, ACTION, scope))
    throw authorizationFailed(world, caller, ACTION, scope);
  const { state } = world;
  const filter = read(call);
  const oldest = Math.max(filter.from, world.now() - 90 * DAY);
  const rows = (state.activityLog ?? [])
    .filter(({ at }) => at >= oldest && at <= filter.until)
    .filter((event) => belongs(state, scope, event.scope))
    .filter((event) => filter.field === null || hasField(event, filter.field, filter.value))
    .reverse()
    .flatMap((event) => activityRows(state, event));
  const select = call.query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  return pageOf(call, rows, PAGE, (row) => picked(row, select));
}

/** A subscription's log has what happened in it; the tenant's what happened above all subscriptions. */
function belongs(state: State, scope: string, at: string): boolean {
  return scope === '/' ? !at.startsWith('/subscriptions/') : covers(state, scope, at);
}

function hasField(event: ActivityEvent, field: Field, value: string): boolean {
  const wanted = value.toLowerCase();
  if (field === 'correlationId') return event.correlationId.toLowerCase() === wanted;
  if (field === 'resourceUri') return event.resourceId.toLowerCase().startsWith(wanted);
  if (field === 'resourceProvider') return event.action.toLowerCase().startsWith(`${wanted}/`);
  return event.scope.split('/')[4]?.toLowerCase() === wanted;
}

interface Filter {
  from: number;
  until: number;
  field: Field | null;
  value: string;
}

function read(call: Call): Filter {
  const text = (call.query.get('$filter') ?? '').replaceAll('+', ' ');
  const filter: Filter = { from: 0, until: Number.POSITIVE_INFINITY, field: null, value: '' };
  for (const clause of text
    .split(/\s+and\s+/i)
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, name = '', operator = '', value = ''] = /^(\w+)\s+(ge|le|eq)\s+'([^']*)'$/i.exec(clause) ?? [];
    const field = FIELDS.find((known) => known.toLowerCase() === name.toLowerCase());
    const moment = Date.parse(value);
    const isTime = /^eventTimestamp$/i.test(name) && !Number.isNaN(moment);
    if (isTime && /^ge$/i.test(operator)) filter.from = moment;
    else if (isTime && /^le$/i.test(operator)) filter.until = moment;
    else if (field !== undefined && filter.field === null && /^eq$/i.test(operator)) {
      filter.field = field;
      filter.value = value;
    } else throw notSupported();
  }
  if (text !== '' && filter.from === 0) throw notSupported();
  return filter;
}

function notSupported(): PimRefusal {
  return new PimRefusal(
    400,
    'BadRequest',
    "The $filter is not supported: eventTimestamp ge '…' [and eventTimestamp le '…'], alone or with one of resourceGroupName, resourceUri, resourceProvider, correlationId.",
  );
}

function picked(row: object, select: string[] | undefined): object {
  if (select === undefined) return row;
  const wanted = select.map((name) => name.toLowerCase());
  return Object.fromEntries(Object.entries(row).filter(([name]) => wanted.includes(name.toLowerCase())));
}
