import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Answer, Call } from '#lib/emulator/wire.ts';
import { fields, text } from './request-body.ts';

const LARGEST = 20;

/**
 * `POST /batch`: up to twenty calls, each with its own answer under its name (contract 5.4). `serve` answers one call as if
 * it had come alone. Throws 400 for a body that is no batch.
 */
export function batch(call: Call, serve: (member: Call) => Answer): Answer {
  const { requests } = fields(call.body);
  if (
    call.method !== 'POST' ||
    !Array.isArray(requests) ||
    requests.length === 0 ||
    requests.length > LARGEST
  ) {
    const words = `A batch has a list 'requests' of 1 to ${LARGEST} members.`;
    throw new PimRefusal(400, 'InvalidBatchRequest', words);
  }
  const responses = requests.map(fields).map((request, index) => {
    const { status, headers, body } = serve(memberOf(call, request));
    return {
      name: text(request.name) ?? String(index + 1),
      httpStatusCode: status,
      headers: { 'x-ms-request-id': call.requestId, ...headers },
      content: body ?? null,
      contentLength: body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body)),
    };
  });
  return { status: 200, body: { responses } };
}

function memberOf(call: Call, request: Record<string, unknown>): Call {
  const url = new URL(text(request.url) ?? '/', call.origin);
  const method = (text(request.httpMethod) ?? 'GET').toUpperCase();
  const content = fields(request.content);
  const isEmpty = Object.keys(content).length === 0;
  return {
    ...call,
    method,
    path: decodeURIComponent(url.pathname).replace(/\/{2,}/g, '/'),
    query: url.searchParams,
    body: method === 'GET' || isEmpty ? undefined : content,
  };
}
