import { connection } from 'next/server';
import { refusing } from '#app/refusing.ts';
import { requireSession } from '#lib/auth/current-actor.ts';
import { openOne, takeOne } from '#lib/auth/rate.ts';
import { isStillLive, type Session } from '#lib/auth/session.ts';
import { changesFor } from '#lib/queries/changes.ts';

const pulseMs = 25_000;

/** Server-sent events (WHATWG HTML): `changed` whenever something this person can see has moved. Carries no data. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return refusing(request, 'GET /api/stream', async () => {
    const session = await requireSession();
    takeOne('stream', session.actor.objectId);
    return streamOf(session, request.signal, openOne('stream', session.actor.objectId));
  });
}

function streamOf(session: Session, signal: AbortSignal, over: () => void): Response {
  const encoder = new TextEncoder();
  let close = () => {};
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          close();
        }
      };
      const stop = await changesFor(session.actor, () => send('event: changed\ndata: \n\n')).catch(
        (error) => {
          over();
          throw error;
        },
      );
      // The session may end while the page listens: the browser then asks again and is told.
      const end = setTimeout(
        () => close(),
        Math.max(0, Math.min(session.expiresAt.getTime() - Date.now(), 3_600_000)),
      );
      const pulse = setInterval(async () => {
        // Ended from elsewhere, or by nobody coming back.
        if (await isStillLive(session.id, new Date()).catch(() => true)) send(': still here\n\n');
        else close();
      }, pulseMs);
      close = () => {
        clearTimeout(end);
        clearInterval(pulse);
        stop();
        over();
        close = () => {};
        try {
          controller.close();
        } catch {
          // The browser closed it first.
        }
      };
      signal.addEventListener('abort', () => close());
      send('retry: 2000\nevent: changed\ndata: \n\n');
    },
    cancel: () => close(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
