import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A custom extension's endpoint for tests: what it heard, and what it answers, call by call; the last answer again and again. */
export interface Endpoint {
  targetUrl: string;
  heard: { body: Record<string, unknown>; token: string }[];
  answers: { status: number; body: unknown }[];
  close(): void;
}

/** Opens one on a free port of this machine. */
export async function openEndpoint(): Promise<Endpoint> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    endpoint.heard.push({
      body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
      token: String(request.headers.authorization).replace('Bearer ', ''),
    });
    const answer = endpoint.answers.length > 1 ? endpoint.answers.shift() : endpoint.answers[0];
    response.writeHead(answer?.status ?? 500).end(JSON.stringify(answer?.body));
  });
  const endpoint: Endpoint = { targetUrl: '', heard: [], answers: [], close: () => server.close() };
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  endpoint.targetUrl = `http://localhost:${(server.address() as AddressInfo).port}/pim`;
  return endpoint;
}

/** The answer of an extension with this outcome. */
export const says = (evaluationOutcome: string) => ({
  status: 200,
  body: { evaluationId: 'e1', evaluationOutcome, reason: [`It is ${evaluationOutcome}`] },
});

/** One call with a token; an empty answer reads as an empty object. */
export async function callJson(url: string, method: string, token: string, body?: object) {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
}
