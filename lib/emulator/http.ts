import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './wire.ts';

const bodyLimit = 1024 * 1024;

/** A request as it came off the wire, read whole. */
export interface Received {
  method: string;
  /** Percent-decoded, duplicate slashes collapsed; null when the encoding is broken. */
  path: string | null;
  rawPath: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  text: string;
  /** The body was over 1 MB; `text` is empty then. */
  tooLarge: boolean;
}

export interface Reply {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
}

/** Reads the whole request. Rejects only when the client goes away halfway. */
export async function receive(request: IncomingMessage): Promise<Received> {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const rawPath = mark < 0 ? target : target.slice(0, mark);
  const body = await readBody(request);
  return {
    method: request.method ?? 'GET',
    path: decodePath(rawPath),
    rawPath,
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    headers: flatHeaders(request),
    text: body ?? '',
    tooLarge: body === null,
  };
}

function decodePath(raw: string): string | null {
  try {
    return decodeURIComponent(raw).replace(/\/{2,}/g, '/');
  } catch {
    return null;
  }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What is over the limit is still drained, so that the client reads our answer and not a broken pipe.
    if (size <= bodyLimit) chunks.push(chunk);
  }
  return size > bodyLimit ? null : Buffer.concat(chunks).toString('utf8');
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/** The fields of a form body; nothing when the body is something else. The first of two same names wins. */
export function formFields(received: Received): Record<string, string> {
  const type = received.headers['content-type'] ?? '';
  if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) return {};
  return Object.fromEntries([...new URLSearchParams(received.text)].reverse());
}

export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return {
    status,
    headers: { ...type, 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

export function textReply(status: number, text: string): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${text}\n` };
}

export function answerReply(answer: Answer): Reply {
  if (answer.body !== undefined) return jsonReply(answer.status, answer.body, answer.headers);
  return { status: answer.status, headers: { 'cache-control': 'no-store', ...answer.headers }, body: '' };
}

/** Sends a reply; a client that has gone is no error. */
export function send(response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return;
  const length = reply.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(reply.body)) };
  response.writeHead(reply.status, { ...reply.headers, ...length });
  response.end(reply.body);
}

/** Sends the head and half of the body of a reply, then breaks the connection. */
export function sendHalf(response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return;
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}
