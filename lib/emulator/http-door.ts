import type { IncomingMessage, ServerResponse } from 'node:http';
import { callIds, idHeaders } from './call-ids.ts';
import { answerControl, type Controls } from './control.ts';
import { isLocalHost } from './control-guard.ts';
import type { Authority } from './entra/authority.ts';
import { answerEntra, isEntraPath } from './entra/surface.ts';
import { type Received, type Reply, receive, send, textReply } from './http.ts';

/** Answers the plain HTTP port: the pages a browser visits, and the control door. */
export async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  authority: Authority,
  controls: Controls,
  log: (line: string) => void,
): Promise<void> {
  const received = await receive(request);
  const ids = callIds(received);
  let reply: Reply;
  try {
    reply = await answer(received, authority, controls, ids);
  } catch (error) {
    log(
      `failed: ${received.method} ${received.path}: ${error instanceof Error ? error.stack : String(error)}`,
    );
    reply = textReply(500, 'The emulator failed; its output says where.');
  }
  send(response, { ...reply, headers: { ...idHeaders(ids), ...reply.headers } });
}

async function answer(
  received: Received,
  authority: Authority,
  controls: Controls,
  ids: ReturnType<typeof callIds>,
): Promise<Reply> {
  if (!isLocalHost(received)) return textReply(421, 'This is a local emulator: call it localhost.');
  const path = received.path ?? '/';
  if (path.startsWith('/_emulator/')) return answerControl(received, controls);
  if (isEntraPath(authority, path)) return answerEntra(authority, received, ids, authority.httpOrigin);
  return textReply(404, `Nothing here. Graph and Azure Resource Manager answer on ${authority.httpsOrigin}`);
}
