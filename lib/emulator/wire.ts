/** What a call looks like once the front door has read it, and what a surface answers. */
import type { Consulted } from './pim/extension.ts';
import type { State } from './state.ts';

/** Who calls, from a verified access token. */
export interface Caller {
  kind: 'user' | 'app';
  objectId: string;
  appId: string;
  audience: 'graph' | 'arm';
  /** Delegated scopes (scp); empty for apps. */
  scopes: string[];
  /** Application permissions (roles); empty for users. */
  roles: string[];
  mfa: boolean;
  /** Authentication contexts satisfied. */
  acrs: string[];
  displayName: string;
}

export interface Call {
  method: string;
  /** Percent-decoded, duplicate slashes collapsed, without query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  /** Parsed JSON or form fields; undefined when there is none. */
  body: unknown;
  /** null: no Authorization header. A bad token never gets this far. */
  caller: Caller | null;
  /** Fresh per call; echoed in headers and error envelopes. */
  requestId: string;
  clientRequestId: string;
  /** `https://localhost:4443`, as the client called it: for nextLinks. */
  origin: string;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** JSON; absent for empty answers. */
  body?: unknown;
}

export interface World {
  state: State;
  /** The PIM clock, in milliseconds. */
  now(): number;
  /** Something changed: the snapshot is written soon after. */
  changed(): void;
  /** Only while a call is answered anew: what custom extensions said about its request. */
  consulted?: Consulted;
}

/** One API. Answers every call; what it does not emulate it refuses with 501 in its own error shape. */
export type Surface = (call: Call, world: World) => Answer;
