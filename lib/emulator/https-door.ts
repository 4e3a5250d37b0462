import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerApi, apiOf } from './api-call.ts';
import { type Api, apiError, defaultCode } from './api-error.ts';
import { answerBatch, isBatchPath } from './batch.ts';
import { type CallIds, callIds, idHeaders } from './call-ids.ts';
import type { Controls } from './control.ts';
import type { Authority } from './entra/authority.ts';
import { answerEntra, isEntraPath } from './entra/surface.ts';
import { type FaultRule, strike } from './faults.ts';
import { answerReply, formFields, type Received, type Reply, receive, send, sendHalf } from './http.ts';
import type { Caller } from './wire.ts';

type Who = Pick<Caller, 'appId' | 'objectId'> | { appId: string | null; objectId: null };
const nobody = { appId: null, objectId: null };

interface Outcome {
  reply: Reply;
  who: Who;
}

/** Answers the HTTPS port: tokens, Graph and ARM, with the faults and the latency that were asked for. */
export async function answerHttps(
  request: IncomingMessage,
  response: ServerResponse,
  authority: Authority,
  controls: Controls,
  log: (line: string) => void,
): Promise<void> {
  const received = await receive(request);
  const ids = callIds(received);
  if (controls.latencyMs > 0) await wait(controls.latencyMs);
  const { reply, cut, isCut } = await serve(received, ids, authority, controls, log);
  if (reply) send(response, { ...reply, headers: { ...idHeaders(ids), ...reply.headers } });
  else if (cut) sendHalf(response, { ...cut, headers: { ...idHeaders(ids), ...cut.headers } });
  else if (isCut) request.socket.destroy();
}

/** One call, alone or out of a batch: its fault, its answer, its line in the journal. No reply: a fault left none. */
async function serve(
  received: Received,
  ids: CallIds,
  authority: Authority,
  controls: Controls,
  log: (line: string) => void,
): Promise<{ reply: Reply | null; cut: Reply | null; isCut: boolean }> {
  const path = received.path ?? received.rawPath;
  const api: Api = isEntraPath(authority, path) ? 'entra' : apiOf(path);
  const query = [...received.query].map(([name, value]) => `${name}=${value}`).join('&');
  const fault = strike(controls.faults, received.method, query ? `${path}?${query}` : path);
  const ofStep = async (step: Received) => (await serve(step, callIds(step), authority, controls, log)).reply;
  let outcome: Outcome = { reply: { status: 0, headers: {}, body: '' }, who: nobody };
  if (!fault || fault.afterEffect) {
    outcome = isBatchPath(received.path)
      ? { reply: await answerBatch(received, authority, ids, ofStep), who: nobody }
      : await answer(api, received, authority, controls, ids, log);
  }
  const reply = fault ? spoil(fault, api, ids) : outcome.reply;
  const cut = fault?.kind === 'reset' && fault.midBody ? outcome.reply : null;
  controls.journal.write({
    at: new Date(authority.machineNow()).toISOString(),
    method: received.method,
    path,
    query,
    status: (cut ?? reply)?.status ?? 0,
    appId: outcome.who.appId,
    objectId: outcome.who.objectId,
    clientRequestId: ids.clientRequestId,
  });
  return { reply, cut, isCut: fault?.kind === 'reset' };
}

async function answer(
  api: Api,
  received: Received,
  authority: Authority,
  controls: Controls,
  ids: CallIds,
  log: (line: string) => void,
): Promise<Outcome> {
  try {
    if (api === 'entra') {
      const reply = await answerEntra(authority, received, ids, authority.httpsOrigin);
      if (reply.status === 501) log(`not emulated: ${received.method} ${received.path}`);
      return { reply, who: { appId: formFields(received).client_id ?? null, objectId: null } };
    }
    const { answer, caller } = await answerApi(api, received, authority, ids, controls.quotas);
    return { reply: answerReply(answer), who: caller ?? nobody };
  } catch (error) {
    log(
      `failed: ${received.method} ${received.path}: ${error instanceof Error ? error.stack : String(error)}`,
    );
    const broken = apiError(
      api,
      ids,
      500,
      defaultCode(api, 500),
      'The emulator failed; its output says where.',
    );
    return { reply: answerReply(broken), who: nobody };
  }
}

/** What a fault makes of an answer; null where no answer is sent. */
function spoil(fault: FaultRule, api: Api, ids: CallIds): Reply | null {
  if (fault.kind === 'reset' || fault.kind === 'timeout') return null;
  if (fault.kind === 'brokenJson') {
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"value":[{"id":"',
    };
  }
  if (fault.kind === 'body') {
    return { status: 200, headers: { 'content-type': fault.contentType }, body: fault.body };
  }
  const code = fault.code ?? defaultCode(api, fault.status);
  const reply = answerReply(
    apiError(api, ids, fault.status, code, `A fault was asked for: ${fault.status}.`),
  );
  if (fault.retryAfter === null) return reply;
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(fault.retryAfter) } };
}
