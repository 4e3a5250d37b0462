/** The desk's tickets in the shapes of each API, as their vendors document them. */
import type { Desk, DeskTicket } from './desk.ts';

type Answered = [status: number, body: unknown, to?: string];

const digits = (text: string) => Number(/(\d+)(?!.*\d)/.exec(text)?.[1]);
const found = (desk: Desk, text: string): DeskTicket | null => {
  const ticket = desk.tickets.get(digits(text));
  return ticket ?? null;
};
const both = (value: string, display = value) => ({ display_value: display, value });

/** Values are strings, '' for empty; with display values every field is a pair. */
export function servicenow(desk: Desk, method: string, url: URL, body: unknown): Answered {
  const query = url.searchParams.get('sysparm_query') ?? '';
  if (method === 'PATCH') {
    const number = digits(url.pathname);
    desk.comments.push({ number, text: String((body as { work_notes: string }).work_notes) });
    return [200, { result: {} }];
  }
  if (url.pathname.endsWith('/sys_journal_field')) {
    const marker = query.split('valueLIKE')[1] ?? '';
    const hits = desk.comments.filter(({ text }) => text.includes(marker));
    return [200, { result: hits.map(() => ({ element_id: both('x') })) }];
  }
  const asked = query.replace(/^number=/, '');
  const ticket = found(desk, asked);
  if (!ticket) return [200, { result: [] }];
  const { number, title, state, open, assignee, group, from, to, item, movedTo } = ticket;
  const row = {
    sys_id: both(`id-${number}`),
    number: both(movedTo ? asked.replace(/\d+/, String(movedTo)) : asked.toUpperCase()),
    short_description: both(title),
    state: both(open ? '2' : '7', state),
    active: both(String(open)),
    cmdb_ci: both(item && 'ci-1', item),
    assigned_to: both(assignee ? 'user-1' : '', assignee?.name ?? ''),
    'assigned_to.email': both(assignee?.email ?? ''),
    'assigned_to.user_name': both(assignee?.name.toLowerCase().replace(' ', '.') ?? ''),
    assignment_group: both(group && 'group-1', group),
    // Shown in the zone of whoever's credential it is.
    start_date: both(from, from && '22.11.2026 09:00:00'),
    end_date: both(to, to && '22.11.2026 11:00:00'),
    approval: both(ticket.approved === false ? 'requested' : 'approved'),
  };
  return [200, { result: [row] }];
}

export function jira(desk: Desk, method: string, url: URL, body: unknown): Answered {
  const [, , , , , key = '', what] = url.pathname.split('/');
  const ticket = found(desk, decodeURIComponent(key));
  if (!ticket)
    return [404, { errorMessages: ['Issue does not exist or you do not have permission to see it.'] }];
  if (what === 'comment' && method === 'POST') {
    desk.comments.push({ number: ticket.number, text: JSON.stringify(body) });
    return [201, { id: '1' }];
  }
  if (what === 'comment') {
    const comments = desk.comments.filter(({ number }) => number === ticket.number);
    return [200, { comments: comments.map(({ text }) => ({ body: JSON.parse(text).body })) }];
  }
  const { title, state, open, assignee, movedTo } = ticket;
  const fields = {
    summary: title,
    status: { name: state, statusCategory: { key: open ? 'indeterminate' : 'done' } },
    assignee: assignee && { displayName: assignee.name, emailAddress: assignee.email, accountId: '5b10' },
  };
  return [
    200,
    { id: '10002', key: movedTo ? `NEW-${movedTo}` : decodeURIComponent(key).toUpperCase(), fields },
  ];
}

export function github(desk: Desk, method: string, url: URL, body: unknown): Answered {
  const [, , , , , id = '', what] = url.pathname.split('/');
  if (url.pathname.startsWith('/repositories/')) {
    const ticket = found(desk, url.pathname);
    return ticket ? [200, issue(ticket, 'acme/elsewhere')] : [404, {}];
  }
  const ticket = found(desk, id);
  if (!ticket) return [404, { message: 'Not Found', status: '404' }];
  if (ticket.movedTo)
    return [301, { message: 'Moved Permanently' }, `/repositories/7/issues/${ticket.number}`];
  if (what === 'comments' && method === 'POST') {
    desk.comments.push({ number: ticket.number, text: String((body as { body: string }).body) });
    return [201, { id: 1 }];
  }
  if (what === 'comments') {
    return [
      200,
      desk.comments.filter((one) => one.number === ticket.number).map(({ text }) => ({ body: text })),
    ];
  }
  return [200, issue(ticket, 'acme/infra')];
}

function issue({ number, title, open, movedTo }: DeskTicket, repository: string) {
  return {
    number: movedTo ?? number,
    title,
    state: open ? 'open' : 'closed',
    html_url: `https://github.com/${repository}/issues/${movedTo ?? number}`,
    repository_url: `https://api.github.com/repos/${repository}`,
    assignees: [],
  };
}

export function devops(desk: Desk, method: string, url: URL, body: unknown): Answered {
  const ticket = found(desk, url.pathname.replace(/\/comments$/, ''));
  if (!ticket)
    return [
      404,
      { message: 'TF401232: Work item does not exist, or you do not have permissions to read it.' },
    ];
  if (url.pathname.endsWith('/comments')) {
    if (method === 'POST') {
      desk.comments.push({ number: ticket.number, text: String((body as { text: string }).text) });
      return [200, { id: 1 }];
    }
    const comments = desk.comments.filter(({ number }) => number === ticket.number);
    return [200, { totalCount: comments.length, comments: comments.map(({ text }) => ({ text })) }];
  }
  const { number, title, state, assignee } = ticket;
  const fields = {
    'System.Title': title,
    'System.State': state,
    'System.WorkItemType': 'Bug',
    ...(assignee && { 'System.AssignedTo': { displayName: assignee.name, uniqueName: assignee.email } }),
  };
  return [200, { id: number, rev: 3, fields, url: 'https://dev.azure.com/acme/_apis/wit/workItems/1' }];
}

/** Somebody's own system. */
export function own(desk: Desk, _method: string, url: URL): Answered {
  const ticket = found(desk, decodeURIComponent(url.pathname));
  if (!ticket) return [410, {}];
  const { number, title, state, assignee } = ticket;
  return [
    200,
    { ticket: { ref: `T-${number}`, names: [{ text: title }], state, who: assignee?.email ?? null } },
  ];
}
