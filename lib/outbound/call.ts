import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { lookupWithin, type Reach, requireUrl } from './address.ts';
import { OutboundFault } from './faults.ts';

/** Milliseconds for the whole of one call. */
const mostMs = 5_000;
const mostBytes = 512 * 1024;

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  /** Sent as it is; its type is a header. */
  body?: string;
}

export interface Answer {
  status: number;
  text: string;
  location: string | null;
  /** As the header says; null: it does not. */
  retryAfterSeconds: number | null;
}

/**
 * One call: bounded in time and size, to the address it was looked up at, following nothing. Every status is an answer.
 * @throws OutboundFault
 */
export async function call(
  url: URL,
  { method = 'GET', headers = {}, body }: Call,
  reach: Reach,
  within = mostMs,
): Promise<Answer> {
  requireUrl(url, reach);
  const send = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((settle, fail) => {
    const outgoing = send(url, {
      method,
      headers: { 'user-agent': 'Stint', ...headers },
      lookup: lookupWithin(reach),
      signal: AbortSignal.timeout(within),
      agent: false,
    });
    const lost = (error: unknown) => fail(faultOf(error));
    outgoing.on('error', lost);
    outgoing.on('response', async (incoming) => {
      try {
        const chunks: Buffer[] = [];
        let bytes = 0;
        for await (const chunk of incoming as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          if (bytes > mostBytes) throw new OutboundFault('too_large', { status: incoming.statusCode ?? 0 });
          chunks.push(chunk);
        }
        settle({
          status: incoming.statusCode ?? 0,
          text: Buffer.concat(chunks).toString('utf8'),
          location: incoming.headers.location ?? null,
          retryAfterSeconds: secondsOf(incoming.headers['retry-after'] ?? null),
        });
      } catch (error) {
        lost(error);
      } finally {
        outgoing.destroy();
      }
    });
    outgoing.end(body);
  });
}

function faultOf(error: unknown): OutboundFault {
  if (error instanceof OutboundFault) return error;
  const isLate = error instanceof Error && error.name === 'AbortError';
  return new OutboundFault(isLate ? 'late' : 'unreachable', { cause: error });
}

/** Whoever is called may ask for patience, not for being forgotten. */
const longestWait = 24 * 3600;

/** Seconds, or a date as RFC 9110 has it; a day at the most. */
function secondsOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? null : Math.min(longestWait, Math.max(0, seconds));
}
