import { AuthenticationHandler, Client, HTTPMessageHandler } from '@microsoft/microsoft-graph-client';
import { callTimeout, type LiveOptions } from '#lib/azure/live-options.ts';
import { allPages, type Page, rowsOf } from '#lib/azure/pages.ts';
import { graphFault } from './fault.ts';

/** Graph with one bearer token. Paths begin with the version; every method throws only `AzureFault`. */
export interface GraphCalls {
  get<T>(path: string): Promise<T>;
  /** All pages of a collection. */
  list<T>(path: string): Promise<T[]>;
  /** One page: the first by its path, later ones by what `next` said. */
  page<T>(pathOrNext: string): Promise<Page<T>>;
  post<T>(path: string, body: object): Promise<T>;
  patch(path: string, body: object): Promise<void>;
  delete(path: string): Promise<void>;
}

interface Answer<T> {
  value?: T[];
  '@odata.nextLink'?: string | null;
}

/** The chain has no RetryHandler: it would send a POST again. Stint's jobs decide what is tried again. */
export function graphCalls({ graphOrigin, traceId, quota }: LiveOptions, token: string): GraphCalls {
  const authentication = new AuthenticationHandler({ getAccessToken: async () => token });
  authentication.setNext(new HTTPMessageHandler());
  const client = Client.initWithMiddleware({
    middleware: authentication,
    customHosts: new Set([new URL(graphOrigin).hostname]),
  });

  function request(url: string) {
    const trace = traceId?.();
    return client
      .api(url)
      .headers({
        // Graph counts, and casts members to users, only in this mode.
        ...(url.includes('$count=true') ? { ConsistencyLevel: 'eventual' } : {}),
        ...(trace ? { 'client-request-id': trace } : {}),
      })
      .option('signal', AbortSignal.timeout(callTimeout));
  }

  async function get<T>(url: string): Promise<T> {
    await quota?.graph.go(url);
    try {
      const answer: T = await request(url).get();
      quota?.graph.told(url, null);
      return answer;
    } catch (error) {
      const fault = graphFault(error, 'read');
      quota?.graph.told(url, fault);
      throw fault;
    }
  }

  async function page<T>(pathOrNext: string): Promise<Page<T>> {
    const url = new URL(pathOrNext, graphOrigin);
    // The token goes to Graph alone, whatever a link or a stored cursor says.
    if (url.origin !== graphOrigin) throw graphFault(new Error(`Not an address of Graph: ${url}`), 'read');
    const answer: Answer<T> = await get(url.href);
    return { rows: rowsOf(answer), next: answer['@odata.nextLink'] ?? null };
  }

  return {
    get: (path) => get(graphOrigin + path),
    page,
    list: <T>(path: string) => allPages<T>(page, path),
    async post(path, body) {
      try {
        return await request(graphOrigin + path).post(body);
      } catch (error) {
        throw graphFault(error, 'write');
      }
    },
    async patch(path, body) {
      try {
        await request(graphOrigin + path).patch(body);
      } catch (error) {
        throw graphFault(error, 'write');
      }
    },
    async delete(path) {
      try {
        await request(graphOrigin + path).delete();
      } catch (error) {
        throw graphFault(error, 'write');
      }
    },
  };
}
