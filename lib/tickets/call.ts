import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { lookupWithin, type Reach, requireUrl } from './address.ts';
import { TicketSystemFault } from './faults.ts';

/** Milliseconds for the whole of one call: a person waits for it. */
const mostMs = 5_000;
const mostBytes = 512 * 1024;

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
 * One call, for JSON: bounded in time and size, to the address it was looked up at, following nothing. What the status
 * means for every system alike is thrown; 200s, 404, 410 and redirects are the adapter's to understand.
 * @throws TicketSystemFault
 */
export async function call(
  url: URL,
  { method = 'GET', headers = {}, body }: Call,
  reach: Reach,
  within = mostMs,
): Promise<Answer> {
  requireUrl(url, reach);
  const sent = body === undefined ? null : JSON.stringify(body);
  const answer = await exchange(url, method, headers, sent, reach, within);
  const { status, retryAfter } = answer;
  if (status === 401 || status === 403 || status === 407)
    throw new TicketSystemFault('credential_refused', { status });
  if (status === 429 || status === 503)
    throw new TicketSystemFault('busy', { status, retryAfterSeconds: secondsOf(retryAfter) });
  if (status >= 500)
    throw new TicketSystemFault('away', { status, detail: `it answered with an error (${status}).` });
  return { status, json: parsed(answer.text), location: answer.location };
}

interface Raw {
  status: number;
  text: string;
  location: string | null;
  retryAfter: string | null;
}

function exchange(
  url: URL,
  method: string,
  headers: Record<string, string>,
  body: string | null,
  reach: Reach,
  within: number,
): Promise<Raw> {
  const send = url.protocol === 'https:' ? overHttps : overHttp;
  const type: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' };
  return new Promise((settle, fail) => {
    const outgoing = send(url, {
      method,
      headers: { accept: 'application/json', 'user-agent': 'Stint', ...type, ...headers },
      lookup: lookupWithin(reach),
      signal: AbortSignal.timeout(within),
      agent: false,
    });
    const lost = (error: unknown) => fail(faultOf(error, within));
    outgoing.on('error', lost);
    outgoing.on('response', async (incoming) => {
      try {
        const chunks: Buffer[] = [];
        let bytes = 0;
        for await (const chunk of incoming as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          if (bytes > mostBytes)
            throw new TicketSystemFault('too_large', { status: incoming.statusCode ?? 0 });
          chunks.push(chunk);
        }
        settle({
          status: incoming.statusCode ?? 0,
          text: Buffer.concat(chunks).toString('utf8'),
          location: incoming.headers.location ?? null,
          retryAfter: incoming.headers['retry-after'] ?? null,
        });
      } catch (error) {
        lost(error);
      } finally {
        outgoing.destroy();
      }
    });
    outgoing.end(body ?? undefined);
  });
}

function faultOf(error: unknown, within: number): TicketSystemFault {
  if (error instanceof TicketSystemFault) return error;
  const isLate = error instanceof Error && error.name === 'AbortError';
  const detail = isLate ? `it did not answer within ${within / 1000} s.` : undefined;
  return new TicketSystemFault('away', { cause: error, ...(detail && { detail }) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds, or a date as RFC 9110 has it. */
function secondsOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}
