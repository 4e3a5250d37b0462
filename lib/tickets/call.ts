import type { Reach } from '#lib/outbound/address.ts';
import { call as callOut, type Answer as Raw } from '#lib/outbound/call.ts';
import { OutboundFault } from '#lib/outbound/faults.ts';
import { TicketSystemFault } from './faults.ts';

/** Milliseconds for the whole of one call: a person waits for it. */
const mostMs = 5_000;

export interface Call {
  method?: 'GET' | 'POST' | 'PATCH';
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Answer {
  status: number;
  /** Parsed; undefined where the answer is not JSON. */
  json: unknown;
  location: string | null;
}

/**
 * One call, for JSON, by the careful way out. What the status means for every system alike is thrown; 200s, 404, 410
 * and redirects are the adapter's to understand.
 * @throws TicketSystemFault
 */
export async function call(
  url: URL,
  { method = 'GET', headers = {}, body }: Call,
  reach: Reach,
  within = mostMs,
): Promise<Answer> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const all = { accept: 'application/json', ...type, ...headers };
  let answer: Raw;
  try {
    answer = await callOut(url, { method, headers: all, ...sent }, reach, within);
  } catch (error) {
    throw faultOf(error, within);
  }
  const { status, retryAfterSeconds } = answer;
  if (status === 401 || status === 403 || status === 407)
    throw new TicketSystemFault('credential_refused', { status });
  if (status === 429 || status === 503) throw new TicketSystemFault('busy', { status, retryAfterSeconds });
  if (status >= 500)
    throw new TicketSystemFault('away', { status, detail: `it answered with an error (${status}).` });
  return { status, json: parsed(answer.text), location: answer.location };
}

function faultOf(error: unknown, within: number): TicketSystemFault {
  if (!(error instanceof OutboundFault)) return new TicketSystemFault('away', { cause: error });
  const { kind, status } = error;
  if (kind === 'address_refused' || kind === 'too_large') return new TicketSystemFault(kind, { status });
  const detail = kind === 'late' ? `it did not answer within ${within / 1000} s.` : undefined;
  return new TicketSystemFault('away', { cause: error.cause, ...(detail && { detail }) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
