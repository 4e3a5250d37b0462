import { AuthorizationManagementClient } from '@azure/arm-authorization';
import {
  createPipelineRequest,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { callTimeout, type LiveOptions } from '#lib/azure/live-options.ts';
import { allPages, type Page, rowsOf } from '#lib/azure/pages.ts';
import { armFault, responseFault } from './fault.ts';

/** ARM with one bearer token. Every method throws only `AzureFault`. */
export interface ArmCalls {
  /** One call of the SDK. */
  sdk<T>(effect: 'read' | 'write', call: (client: AuthorizationManagementClient) => Promise<T>): Promise<T>;
  /** All pages of one of the SDK's lists. */
  all<T>(list: (client: AuthorizationManagementClient) => AsyncIterable<T>): Promise<T[]>;
  /** What the SDK has no call for: `path` with its query, from the origin on. */
  raw<T>(method: 'GET' | 'PATCH', path: string, body?: object): Promise<T>;
  /** One page of a raw list: the first by its path, later ones by what `next` said. */
  page<T>(pathOrNext: string): Promise<Page<T>>;
  /** All pages of a raw list. */
  rawAll<T>(path: string): Promise<T[]>;
}

interface Answer<T> {
  value?: T[];
  nextLink?: string | null;
}

/** The SDK wants a subscription although none of our calls uses it. */
const noSubscription = '00000000-0000-0000-0000-000000000000';

/** The SDK's own retries are off: Stint's jobs decide what is tried again. */
export function armCalls({ armOrigin, traceId, quota }: LiveOptions, token: string): ArmCalls {
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const open = (reads: (answer: PipelineResponse) => void) => {
    const client = new AuthorizationManagementClient(credential, noSubscription, {
      endpoint: armOrigin,
      retryOptions: { maxRetries: 0 },
    });
    client.pipeline.addPolicy({
      name: 'stint',
      async sendRequest(request, next) {
        prepare(request, traceId?.());
        const answer = await next(request);
        reads(answer);
        return answer;
      },
    });
    return client;
  };
  const client = open(() => undefined);
  /** The SDK takes whatever is no list for an empty one. */
  const lister = open(({ status, bodyAsText }) => {
    if (status < 300) rowsOf(JSON.parse(bodyAsText ?? 'null'));
  });

  async function raw<T>(method: 'GET' | 'PATCH', url: string, body?: object): Promise<T> {
    const effect = method === 'GET' ? 'read' : 'write';
    const request = createPipelineRequest({ url, method, ...(body ? { body: JSON.stringify(body) } : {}) });
    request.headers.set('Accept', 'application/json');
    if (body) request.headers.set('Content-Type', 'application/json');
    try {
      const response = await client.sendRequest(request);
      if (response.status >= 300) throw responseFault(response, effect);
      return JSON.parse(response.bodyAsText || '{}');
    } catch (error) {
      throw armFault(error, effect);
    }
  }

  /** A read within the quota; pages are all that a whole reading of the tenant asks of Resource Manager. */
  async function metered<T>(url: string): Promise<T> {
    await quota?.arm.go(url);
    try {
      const answer = await raw<T>('GET', url);
      quota?.arm.told(url, null);
      return answer;
    } catch (error) {
      const fault = armFault(error, 'read');
      quota?.arm.told(url, fault);
      throw fault;
    }
  }

  async function pageOf<T>(pathOrNext: string, read: (url: string) => Promise<Answer<T>>): Promise<Page<T>> {
    const url = new URL(pathOrNext, armOrigin);
    // The token goes to Resource Manager alone, whatever a link or a stored cursor says.
    if (url.origin !== armOrigin) throw armFault(new Error(`Not an address of ARM: ${url}`), 'read');
    const answer = await read(url.href);
    return { rows: rowsOf(answer), next: answer.nextLink ?? null };
  }

  return {
    async sdk(effect, call) {
      try {
        return await call(client);
      } catch (error) {
        throw armFault(error, effect);
      }
    },
    async all(list) {
      try {
        return await Array.fromAsync(list(lister));
      } catch (error) {
        throw armFault(error, 'read');
      }
    },
    raw: (method, path, body) => raw(method, armOrigin + path, body),
    page: (pathOrNext) => pageOf(pathOrNext, metered),
    rawAll: <T>(path: string) => allPages<T>((at) => pageOf(at, (url) => raw('GET', url)), path),
  };
}

/** A scope begins with a slash, or is empty at tenant level: the SDK doubles the slash before it. */
function prepare(request: PipelineRequest, trace: string | undefined): void {
  const url = new URL(request.url);
  url.pathname = url.pathname.replace(/\/{2,}/g, '/');
  request.url = url.href;
  request.timeout = callTimeout;
  if (trace) request.headers.set('client-request-id', trace);
}
