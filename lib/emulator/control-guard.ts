import type { Received } from './http.ts';

const localNames = ['localhost', '127.0.0.1', '[::1]'];

/** Whether the request names this machine as its host: another name means DNS was bent towards us. */
export function isLocalHost(received: Received): boolean {
  return localNames.includes((received.headers.host ?? '').replace(/:\d+$/, ''));
}

/** Whether a page of another site makes this call through somebody's browser. */
export function isCrossSite(received: Received): boolean {
  const { origin, host } = received.headers;
  if (origin !== undefined && origin !== `http://${host}`) return true;
  const site = received.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
