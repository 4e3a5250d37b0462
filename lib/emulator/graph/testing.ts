import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { isRow, type Row } from './exchange.ts';
import { graphSurface } from './surface.ts';

interface Options {
  body?: unknown;
  headers?: Record<string, string>;
}

/** One call as the front door would hand it over: `send(world, caller, 'GET /v1.0/me?$select=id')`. */
export function send(world: World, caller: Caller | null, line: string, options: Options = {}): Answer {
  const [method = '', url = ''] = line.split(/ (.*)/s);
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  const call: Call = {
    method,
    path: decodeURIComponent(path),
    query: new URLSearchParams(query.replaceAll('+', '%2B')),
    headers: options.headers ?? {},
    body: options.body,
    caller,
    requestId: 'the-request',
    clientRequestId: 'the-client-request',
    origin: 'https://localhost:4443',
  };
  return graphSurface(call, world);
}

/** The body of an answer, which must be an object. */
export function bodyOf(answer: Answer): Row {
  if (!isRow(answer.body)) throw new Error(`No body: ${JSON.stringify(answer)}`);
  return answer.body;
}

/** The rows of a list; throws with the whole answer when it is none. */
export function rowsOf(answer: Answer): Row[] {
  const { value } = bodyOf(answer);
  if (!Array.isArray(value)) throw new Error(`No list: ${JSON.stringify(answer)}`);
  return value;
}

/** Status and code of a refusal, in one word to compare with. */
export function refusalOf(answer: Answer): string {
  const { error } = bodyOf(answer);
  return `${answer.status} ${isRow(error) ? error.code : 'no error'}`;
}

/** Everything the portal asks for on behalf of a person, and what administration needs. */
export const everyScope = [
  'User.Read.All',
  'GroupMember.Read.All',
  'Application.Read.All',
  'RoleEligibilitySchedule.ReadWrite.Directory',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'RoleManagement.Read.Directory',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  'RoleManagementPolicy.Read.AzureADGroup',
];
