/**
 * A ticket desk for tests: one set of tickets behind the APIs of ServiceNow, Jira, GitHub, Azure DevOps and a system of
 * one's own, each in its real shapes, with what can go wrong. It wants the token, where the API wants one.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devops, github, jira, own, servicenow } from './shapes.ts';

/** A ticket in nobody's shape. `number` is the number alone. */
export interface DeskTicket {
  number: number;
  title: string;
  state: string;
  open: boolean;
  assignee: { name: string; email: string } | null;
  group: string;
  /** As ServiceNow writes it: `2026-11-22 08:00:00`. */
  from: string;
  to: string;
  item: string;
  /** Answered under this number instead. */
  movedTo: number | null;
  /** Of a change: whether it was approved. */
  approved?: boolean;
}

export type DeskFault = number | 'slow' | 'broken' | 'huge' | 'elsewhere' | 'shapeless' | 'html' | null;

export interface Desk {
  origin: string;
  tickets: Map<number, DeskTicket>;
  comments: { number: number; text: string }[];
  fault: DeskFault;
  /** What was asked, as `GET /path`, and the values of its query. */
  asked: string[];
  close(): Promise<void>;
}

export const deskToken = 'desk-token';

export const plainTicket = (number: number, facts: Partial<DeskTicket> = {}): DeskTicket => ({
  ...{ number, title: `Disk of web-${number} is full`, state: 'In Progress', open: true, assignee: null },
  ...{ group: '', from: '', to: '', item: '', movedTo: null },
  ...facts,
});

type Shape = (
  desk: Desk,
  method: string,
  url: URL,
  body: unknown,
) => [status: number, body: unknown, to?: string];
const shapes: [prefix: RegExp, shape: Shape][] = [
  [/^\/api\/now\//, servicenow],
  [/^\/rest\/api\/3\//, jira],
  [/^\/repos\/|^\/repositories\//, github],
  [/\/_apis\/wit\//, devops],
  [/^\/own\//, own],
];

export async function openDesk(port = 0): Promise<Desk> {
  const server = createServer((request, response) => void answer(desk, request, response));
  await new Promise<void>((settle) => server.listen(port, '127.0.0.1', settle));
  const desk: Desk = {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    tickets: new Map(),
    comments: [],
    fault: null,
    asked: [],
    close: () =>
      new Promise((settle) => {
        server.close(() => settle());
        server.closeAllConnections();
      }),
  };
  return desk;
}

async function answer(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', desk.origin);
  const text = await textOf(request);
  const body: unknown = text === '' ? null : JSON.parse(text);
  const say = (status: number, what: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof what === 'string' ? what : JSON.stringify(what));
  };
  if (url.pathname === '/_desk') {
    control(desk, body as Control);
    return say(200, { asked: desk.asked, comments: desk.comments });
  }
  desk.asked.push(`${request.method} ${url.pathname} ${[...url.searchParams.values()].join(' ')}`.trim());
  const authorization = request.headers.authorization ?? '';
  const isKnown = authorization.endsWith(deskToken) || decoded(authorization).endsWith(`:${deskToken}`);
  if (!isKnown) return say(401, { message: 'Unauthorized' });
  switch (desk.fault) {
    case null:
      break;
    case 'slow':
      return;
    case 'broken':
      return say(200, '{"result": [');
    case 'shapeless':
      return say(200, { hello: 'world' });
    case 'html':
      return say(203, '<html>Sign in</html>', { 'content-type': 'text/html' });
    case 'huge':
      return say(200, { result: 'x'.repeat(1_000_000) });
    case 'elsewhere':
      return say(302, '', { location: 'https://login.example.com/' });
    default:
      return say(desk.fault, { message: 'no' }, desk.fault === 429 ? { 'retry-after': '7' } : {});
  }
  const shape = shapes.find(([prefix]) => prefix.test(url.pathname))?.[1];
  if (!shape) return say(404, { message: 'Not Found' });
  const [status, what, to] = shape(desk, request.method ?? 'GET', url, body);
  say(status, what, to ? { location: to } : {});
}

type Control = { tickets?: (Partial<DeskTicket> & { number: number })[]; fault?: DeskFault } | null;

function control(desk: Desk, told: Control): void {
  for (const { number, ...facts } of told?.tickets ?? []) {
    desk.tickets.set(number, { ...(desk.tickets.get(number) ?? plainTicket(number)), ...facts });
  }
  if (told?.fault !== undefined) desk.fault = told.fault;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function decoded(authorization: string): string {
  return Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
}
