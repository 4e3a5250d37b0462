import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TicketKind, TicketSystem } from '#lib/domain/ticket-system.ts';
import { usualClosedStates, usualRules } from '#lib/domain/ticket-system.ts';
import type { Reach } from '#lib/outbound/address.ts';
import { call } from './call.ts';
import { openTickets } from './live.ts';
import { type Desk, type DeskFault, deskToken, openDesk, plainTicket } from './testing/desk.ts';

let desk: Desk;
const sandbox: Reach = { hosts: [], sandbox: true };
const ada = { name: 'Ada Lind', email: 'Ada.Lind@contoso.example' };

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());
beforeEach(() => {
  desk.tickets.clear();
  desk.comments.length = 0;
  desk.asked.length = 0;
  desk.fault = null;
  desk.tickets.set(42, plainTicket(42, { assignee: ada }));
});

const numbers: Record<Exclude<TicketKind, 'pattern'>, string> = {
  servicenow: 'INC0000042',
  jira: 'OPS-42',
  github: '#42',
  azure_devops: 'AB#42',
  http: 'T-42',
};
const kinds = Object.keys(numbers) as (keyof typeof numbers)[];

function systemOf(kind: TicketKind, facts: Partial<TicketSystem> = {}): TicketSystem {
  return {
    ...{
      id: kind,
      name: 'Desk',
      kind,
      baseUrl: desk.origin,
      project: kind === 'github' ? 'acme/infra' : 'shop',
    },
    ...{ patterns: ['AB#{n}', '#{n}', 'INC{n}', 'OPS-{n}', 'T-{n}'], closedStates: usualClosedStates },
    template: {
      ...{ path: '/own/{ticket}', key: 'ticket.ref', title: 'ticket.names.0.text', state: 'ticket.state' },
      ...{ assignee: 'ticket.who', url: '' },
    },
    rules: usualRules,
    ...facts,
  };
}
const open = (kind: TicketKind, token: string | null = deskToken, reach = sandbox) =>
  openTickets(systemOf(kind), () => (token ? { user: null, token } : null), reach);

describe.each(kinds)('%s', (kind) => {
  const number = numbers[kind];

  test('tells title, state and whether it is open', async () => {
    const ticket = await open(kind).find(number);
    expect(ticket).toMatchObject({ title: 'Disk of web-42 is full', open: true, moved: false });
    expect(ticket?.key.toLowerCase()).toBe(number.toLowerCase());
    desk.tickets.set(42, plainTicket(42, { open: false, state: 'Closed' }));
    expect(await open(kind).find(number)).toMatchObject({ open: false });
  });

  test('knows who it is assigned to, where the system tells', async () => {
    const ticket = await open(kind).find(number);
    if (kind === 'github') expect(ticket?.assignees).toEqual([]);
    else expect(ticket?.assignees).toContain('ada.lind@contoso.example');
  });

  test('answers nothing for a ticket that is not there', async () => {
    expect(await open(kind).find(number.replace('42', '41'))).toBeNull();
  });

  test('notices an answer under another key', async () => {
    desk.tickets.set(42, plainTicket(42, { movedTo: 7 }));
    const ticket = await open(kind).find(number);
    if (kind === 'azure_devops' || kind === 'http') return expect(ticket?.moved).toBe(false);
    expect(ticket).toMatchObject({ moved: true, key: expect.stringContaining('7') });
  });

  test.each<[DeskFault, string]>([
    [401, 'credential_refused'],
    [403, 'credential_refused'],
    [429, 'busy'],
    [503, 'busy'],
    [500, 'away'],
    ['broken', 'broken'],
    ['huge', 'too_large'],
    ['elsewhere', 'redirected'],
    ['html', 'credential_refused'],
  ])('meets %s as a fault of its own', async (fault, expected) => {
    desk.fault = fault;
    await expect(open(kind).find(number)).rejects.toMatchObject({ kind: expected });
    if (fault === 429) await expect(open(kind).find(number)).rejects.toMatchObject({ retryAfterSeconds: 7 });
  });

  test('takes an answer of another shape for no answer', async () => {
    desk.fault = 'shapeless';
    await expect(open(kind).find(number)).rejects.toMatchObject({ kind: 'broken' });
  });

  test.skipIf(kind === 'http')('writes a comment once, however often it is asked to', async () => {
    const port = open(kind);
    await port.comment(number, 'Access begins [stint a1 grant]', '[stint a1 grant]');
    await port.comment(number, 'Access begins [stint a1 grant]', '[stint a1 grant]');
    expect(desk.comments).toHaveLength(1);
    expect(desk.comments[0]).toMatchObject({ number: 42, text: expect.stringContaining('Access begins') });
  });

  test('is not asked without its credential, and refused with a wrong one', async () => {
    await expect(open(kind, 'wrong').find(number)).rejects.toMatchObject({ kind: 'credential_refused' });
    if (kind === 'github' || kind === 'http') return;
    expect(() => open(kind, null)).toThrow(expect.objectContaining({ kind: 'not_configured' }));
  });
});

test('a deleted issue of GitHub is no ticket', async () => {
  desk.fault = 410;
  expect(await open('github').find('#42')).toBeNull();
});

test('times of ServiceNow are UTC whoever looks, a change says whether it was approved, and a caret in a number is no condition', async () => {
  const window = {
    from: '2026-11-22 08:00:00',
    to: '2026-11-22 10:00:00',
    item: 'rg-payments',
    group: 'Netops',
  };
  desk.tickets.set(42, plainTicket(42, window));
  expect(await open('servicenow').find('CHG0000042')).toMatchObject({
    window: { from: new Date('2026-11-22T08:00:00Z'), to: new Date('2026-11-22T10:00:00Z') },
    affected: ['rg-payments'],
    groups: ['Netops'],
    approved: true,
  });
  desk.tickets.set(42, plainTicket(42, { ...window, approved: false }));
  expect(await open('servicenow').find('CHG0000042')).toMatchObject({ approved: false });
  await open('servicenow').find('INC1^active=true');
  expect(desk.asked.at(-1)).toContain('GET /api/now/table/incident number=INC1^^active=true');
});

test('ServiceNow is never asked for a number that it would run as a script', async () => {
  for (const number of ['javascript:gs.getUserID()', ' JavaScript:1', 'INC1^ORnumber=javascript:1'])
    expect(await open('servicenow').find(number)).toBeNull();
  await open('servicenow').comment('javascript:1', 'text', 'marker');
  expect(desk.asked).toEqual([]);
});

test('who does not answer in time is away', async () => {
  desk.fault = 'slow';
  const url = new URL('/own/T-42', desk.origin);
  const headers = { authorization: `Bearer ${deskToken}` };
  await expect(call(url, { headers }, sandbox, 50)).rejects.toMatchObject({ kind: 'away' });
});

describe('outside the sandbox', () => {
  const far: Reach = { hosts: [], sandbox: false };
  test.each([
    'http://tickets.example.com/1',
    'https://127.0.0.1/1',
    'https://10.1.2.3/1',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/1',
    'https://[fe80::1]/1',
    'https://[::ffff:10.0.0.1]/1',
    'https://168.63.129.16/1',
    'https://[2002:a9fe:a9fe::1]/1',
    'https://[64:ff9b:1::a9fe:a9fe]/1',
    'https://ada@tickets.example.com/1',
    'https://:secret@tickets.example.com/1',
    'https://localhost/1',
  ])('%s is not called', async (address) => {
    await expect(call(new URL(address), {}, far)).rejects.toMatchObject({ kind: 'address_refused' });
  });

  test('a credential goes only to a host that the operator named', async () => {
    const system = systemOf('github', { baseUrl: 'https://tickets.example.com' });
    const port = openTickets(system, () => ({ user: null, token: 'secret' }), far);
    await expect(port.find('#42')).rejects.toMatchObject({ kind: 'address_refused' });
  });
});
