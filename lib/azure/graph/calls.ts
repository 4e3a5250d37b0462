import { AuthenticationHandler, Client, HTTPMessageHandler } from '@microsoft/microsoft-graph-client';
import { callTimeout, type LiveOptions } from '#lib/azure/live-options.ts';
import { graphFault } from './fault.ts';

/** Graph with one bearer token. Paths begin with the version; every method throws only `AzureFault`. */
export interface GraphCalls {
  get<T>(path: string): Promise<T>;
  /** All pages of a collection. */
  list<T>(path: string): Promise<T[]>;
  post<T>(path: string, body: object): Promise<T>;
  patch(path: string, body: object): Promise<void>;
}

interface Page<T> {
  value?: T[];
  '@odata.nextLink'?: string;
}

/** The chain has no RetryHandler: it would send a POST again. Stint's jobs decide what is tried again. */
export function graphCalls({ graphOrigin, traceId }: LiveOptions, token: string): GraphCalls {
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
    try {
      return await request(url).get();
    } catch (error) {
      throw graphFault(error, 'read');
    }
  }

  return {
    get: (path) => get(graphOrigin + path),
    async list<T>(path: string) {
      const rows: T[] = [];
      let url: string | undefined = graphOrigin + path;
      while (url) {
        const page: Page<T> = await get(url);
        rows.push(...(page.value ?? []));
        url = page['@odata.nextLink'];
      }
      return rows;
    },
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
  };
}
