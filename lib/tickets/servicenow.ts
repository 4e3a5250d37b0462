import { z } from 'zod';
import type { Ticket } from '#lib/domain/ticket.ts';
import { type Asking, line, shaped } from './asking.ts';
import type { TicketPort } from './ports.ts';

/** With `sysparm_display_value=all` a field is both: states for the eye, times in UTC by their value. */
const field = z.object({ display_value: z.string().nullish(), value: z.string().nullish() });
const record = z.record(z.string(), z.union([field, z.string()]).optional());
const list = z.object({ result: z.array(record) });
const fields = [
  ...['sys_id', 'number', 'short_description', 'state', 'active', 'cmdb_ci'],
  ...[
    'assigned_to',
    'assigned_to.email',
    'assigned_to.user_name',
    'assignment_group',
    'start_date',
    'end_date',
    'approval',
  ],
].join(',');

/** ServiceNow's Table API: incidents and changes. */
export function servicenow({ system, ask }: Asking): TicketPort {
  const read = async (number: string) => {
    if (runs(number)) return null;
    const table = tableOf(number);
    const query = new URLSearchParams({
      sysparm_query: `number=${escaped(number)}`,
      sysparm_fields: fields,
      sysparm_display_value: 'all',
      sysparm_limit: '1',
    });
    const answer = await ask(`/api/now/table/${table}?${query}`);
    // Some instances answer a search without a hit with 404.
    if (answer.status === 404) return null;
    const [row] = shaped(answer, list).result;
    return row ? { table, row } : null;
  };

  return {
    async find(number) {
      const found = await read(number);
      if (!found) return null;
      const { row, table } = found;
      const key = value(row.number) ?? number;
      const state = shown(row.state) ?? '';
      const link = new URL(`nav_to.do?uri=${table}.do?sys_id=${value(row.sys_id)}`, `${system.baseUrl}/`);
      return {
        key,
        moved: key.toLowerCase() !== number.toLowerCase(),
        title: line(value(row.short_description) ?? ''),
        state: line(state, 60),
        // Numbers of states differ from instance to instance; `active` is false once a ticket is closed.
        open: value(row.active) !== 'false' && !system.closedStates.includes(state.toLowerCase()),
        url: link.href,
        assignedTo: shown(row.assigned_to),
        assignees: [value(row['assigned_to.email']), value(row['assigned_to.user_name'])]
          .filter((name) => name !== null)
          .map((name) => name.toLowerCase()),
        groups: [shown(row.assignment_group)].filter((name) => name !== null),
        window: windowOf(utc(value(row.start_date)), utc(value(row.end_date))),
        approved: row.approval === undefined ? null : value(row.approval) === 'approved',
        affected: [shown(row.cmdb_ci)].filter((name) => name !== null),
      };
    },

    async comment(key, text, marker) {
      const found = await read(key);
      const id = found && value(found.row.sys_id);
      if (!id) return;
      const query = new URLSearchParams({
        sysparm_query: `element_id=${escaped(id)}^element=work_notes^valueLIKE${escaped(marker)}`,
        sysparm_fields: 'element_id',
        sysparm_limit: '1',
      });
      const before = shaped(await ask(`/api/now/table/sys_journal_field?${query}`), list);
      if (before.result.length > 0) return;
      const to = `/api/now/table/${found.table}/${encodeURIComponent(id)}`;
      shaped(await ask(to, { method: 'PATCH', body: { work_notes: text } }), z.unknown());
    },
  };
}

const tableOf = (number: string) => (/^chg/i.test(number) ? 'change_request' : 'incident');

/** `^` joins conditions of a query, and is written twice where it is meant. */
const escaped = (text: string) => text.replaceAll('^', '^^');

/** The value of a condition that begins so is run there as a script. No ticket is called like that. */
const runs = (number: string) => /javascript:/i.test(number);

type Cell = z.infer<typeof record>[string];
const value = (cell: Cell): string | null => (typeof cell === 'string' ? cell : cell?.value) || null;
const shown = (cell: Cell): string | null => (typeof cell === 'string' ? cell : cell?.display_value) || null;

/** `2026-11-22 08:00:00`, which means UTC. */
function utc(text: string | null): Date | null {
  if (!text || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null;
  return new Date(`${text.replace(' ', 'T')}Z`);
}

function windowOf(from: Date | null, to: Date | null): Ticket['window'] {
  return from || to ? { from, to } : null;
}
