import { refusing } from '#app/refusing.ts';
import { requireSession } from '#lib/auth/current-actor.ts';
import { freshActor } from '#lib/auth/fresh-actor.ts';
import { openOne, takeOne } from '#lib/auth/rate.ts';
import { traceOf } from '#lib/auth/trace.ts';
import { asPerson, type PersonContext } from '#lib/operations/context.ts';

/** What `work` gives: rows page by page, made into the answer by `stream`. */
interface Export<Row> {
  pages: AsyncIterable<Row[]>;
  stream: (pages: AsyncIterable<Row[]>) => ReadableStream<Uint8Array>;
  type: string;
  filename: string;
}

/** What every export passes: somebody signed in, not too often, two at once; counted as open until it is over. */
export function exporting<Row>(
  request: Request,
  door: string,
  work: (ctx: PersonContext, query: URLSearchParams) => Promise<Export<Row>>,
): Promise<Response> {
  return refusing(request, door, async () => {
    const session = await requireSession();
    takeOne('export', session.actor.objectId);
    const actor = await freshActor(session, traceOf(request.headers));
    const over = openOne('export', actor.objectId);
    try {
      const query = new URL(request.url).searchParams;
      const { pages, stream, type, filename } = await work(asPerson(actor, traceOf(request.headers)), query);
      // Who leaves before the first page never opens the iterator that would end it.
      request.signal.addEventListener('abort', over);
      return new Response(stream(until(pages, over)), {
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

async function* until<Row>(pages: AsyncIterable<Row[]>, over: () => void): AsyncGenerator<Row[]> {
  try {
    yield* pages;
  } finally {
    over();
  }
}
