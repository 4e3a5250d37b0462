import { refusing } from '#app/refusing.ts';
import { requireSession } from '#lib/auth/current-actor.ts';
import { freshActor } from '#lib/auth/fresh-actor.ts';
import { openOne, takeOne } from '#lib/auth/rate.ts';
import { traceOf } from '#lib/auth/trace.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { bodyOf } from '#lib/export/stream.ts';
import { asPerson, type PersonContext } from '#lib/operations/context.ts';

interface Export {
  lines: AsyncGenerator<Uint8Array>;
  type: string;
  filename: string;
}

/** What is asked of an export, read: every name at most once. */
export interface Asked {
  query: URLSearchParams;
  /** Aborted when nobody reads any more. */
  signal: AbortSignal;
}

/** What every export passes: somebody signed in, not too often, two at once; counted as open until it is over. */
export function exporting(
  request: Request,
  door: string,
  work: (ctx: PersonContext, asked: Asked) => Promise<Export>,
): Promise<Response> {
  return refusing(request, door, async () => {
    // A link on another site would put an export on record that nobody asked for.
    if (request.headers.get('sec-fetch-site') === 'cross-site') throw new Refusal('cross_site');
    const session = await requireSession();
    takeOne('export', session.actor.objectId);
    const actor = await freshActor(session, traceOf(request.headers));
    const over = openOne('export', actor.objectId);
    const leave = new AbortController();
    try {
      const query = new URL(request.url).searchParams;
      if (query.size > new Set(query.keys()).size) {
        throw new Refusal('malformed', 'A name stands twice in this address. Give each once.');
      }
      const ctx = asPerson(actor, traceOf(request.headers));
      const { lines, type, filename } = await work(ctx, { query, signal: leave.signal });
      // Who leaves before the first line never reads the body, and so cannot cancel it.
      request.signal.addEventListener('abort', () => {
        leave.abort();
        over();
      });
      return new Response(bodyOf(lines, leave, over), {
        headers: {
          'content-type': type,
          'content-disposition': `attachment; filename="${filename}"`,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        },
      });
    } catch (error) {
      over();
      throw error;
    }
  });
}
