import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

const TIMEOUT_MS = 15_000;

/** MSAL's network, with what its own lacks: a time-out on posts, so that a silent authority holds nobody's session. */
export const networkClient: INetworkModule = {
  sendGetRequestAsync: (url, options) => send(url, 'GET', options),
  sendPostRequestAsync: (url, options) => send(url, 'POST', options),
};

async function send<T>(
  url: string,
  method: string,
  options?: NetworkRequestOptions,
): Promise<NetworkResponse<T>> {
  const answer = await fetch(url, {
    method,
    headers: options?.headers ?? {},
    body: options?.body ?? null,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return {
    headers: Object.fromEntries(answer.headers),
    body: (await answer.json()) as T,
    status: answer.status,
  };
}
