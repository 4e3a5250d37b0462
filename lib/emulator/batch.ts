import { apiError } from './api-error.ts';
import { BadBatch, type BatchStep, readBatch } from './batch-steps.ts';
import { readCaller } from './bearer.ts';
import type { CallIds } from './call-ids.ts';
import type { Authority } from './entra/authority.ts';
import { answerReply, jsonReply, type Received, type Reply } from './http.ts';

/** Whether a path is Graph's JSON batch. */
export function isBatchPath(path: string | null): boolean {
  return /^\/(v1\.0|beta)\/\$batch\/?$/i.test(path ?? '');
}

/**
 * `POST /$batch` (Graph JSON batching): every step is a call of its own, with its own faults, throttling and journal line;
 * the answer is 200 whatever became of them. Order is not promised, so it is not kept: the last step comes first.
 * `serve` answers one call; null where a fault left none.
 */
export async function answerBatch(
  received: Received,
  authority: Authority,
  ids: CallIds,
  serve: (step: Received) => Promise<Reply | null>,
): Promise<Reply> {
  const refused = (status: number, code: string, words: string) =>
    answerReply(apiError('graph', ids, status, code, words));
  const caller = await readCaller(received.headers.authorization, 'graph', authority, ids);
  if (caller === null) return refused(401, 'InvalidAuthenticationToken', 'Access token is empty.');
  if ('refusal' in caller) return answerReply(caller.refusal);
  if (received.method !== 'POST') {
    return refused(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
  }
  try {
    const responses = await run(readBatch(received), received, serve);
    return jsonReply(200, { responses: responses.reverse() });
  } catch (error) {
    if (error instanceof BadBatch) return refused(400, 'BadRequest', error.message);
    throw error;
  }
}

type StepAnswer = { id: string; status: number; headers: Record<string, string>; body?: unknown };

async function run(
  steps: BatchStep[],
  outer: Received,
  serve: (step: Received) => Promise<Reply | null>,
): Promise<StepAnswer[]> {
  const done = new Map<string, StepAnswer>();
  for (const step of steps) {
    const failed = step.dependsOn.find((id) => (done.get(id)?.status ?? 424) >= 400);
    done.set(
      step.id,
      failed ? dependencyFailed(step.id, failed) : printed(step.id, await serve(received(step, outer))),
    );
  }
  return [...done.values()];
}

/** A step as if it had come in by itself; it signs in with the batch's token unless it brings one. */
function received(step: BatchStep, outer: Received): Received {
  const version = outer.rawPath.split('/')[1] ?? 'v1.0';
  const [rawPath = '', query = ''] = `/${version}/${step.url.replace(/^\/+/, '')}`.split(/\?(.*)/s);
  const { authorization = '', host = '' } = outer.headers;
  return {
    method: step.method,
    path: decoded(rawPath),
    rawPath,
    query: new URLSearchParams(query),
    headers: { authorization, host, ...step.headers },
    text: step.body === undefined ? '' : JSON.stringify(step.body),
    tooLarge: false,
  };
}

function decoded(rawPath: string): string | null {
  try {
    return decodeURIComponent(rawPath).replace(/\/{2,}/g, '/');
  } catch {
    return null;
  }
}

function dependencyFailed(id: string, on: string): StepAnswer {
  const message = `Failed dependency: request '${on}' did not succeed.`;
  return {
    id,
    status: 424,
    headers: { 'Cache-Control': 'no-cache', 'Content-Type': 'application/json' },
    body: { error: { code: 'FailedDependency', message } },
  };
}

const jsonType =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
/** Headers of an answer that a step's answer repeats, as Graph spells them. */
const kept = ['Retry-After', 'Location', 'WWW-Authenticate', 'x-ms-resource-unit', 'x-ms-throttle-scope'];

function printed(id: string, reply: Reply | null): StepAnswer {
  const { status, headers, body } = reply ?? { status: 504, headers: {}, body: '' };
  const own = kept.flatMap((name) => {
    const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
    return value === undefined ? [] : [[name, String(value)]];
  });
  const hasBody = body !== '';
  return {
    id,
    status,
    headers: {
      'Cache-Control': 'no-cache',
      'x-ms-resource-unit': '1',
      ...(hasBody && status < 400 && { 'OData-Version': '4.0' }),
      ...(hasBody && { 'Content-Type': status < 400 ? jsonType : 'application/json' }),
      ...Object.fromEntries(own),
    },
    ...(hasBody && { body: parsed(body) }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
