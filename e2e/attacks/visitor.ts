/** Somebody at the doors without a browser: signed in or not, with whatever headers and bodies they like. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, type APIResponse, request } from '@playwright/test';
import { postSignIn } from '#e2e/fixtures/sign-in.ts';

/** The build's own list of server actions: each is a public endpoint under its id. */
interface Manifest {
  node: Record<string, { exportedName: string; filename: string; workers: Record<string, unknown> }>;
}

export interface Action {
  name: string;
  id: string;
  /** A page whose address takes it. */
  path: string;
}

const root = join(import.meta.dirname, '..', '..');

/** In an address that names one: the action is run before anybody looks for it. */
const anyId = '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90';

/** Every server action that the production build serves, by name. */
export function builtActions(folder = root): Map<string, Action> {
  const manifest = JSON.parse(
    readFileSync(join(folder, '.next', 'server', 'server-reference-manifest.json'), 'utf8'),
  ) as Manifest;
  return new Map(
    Object.entries(manifest.node).map(([id, { exportedName: name, workers }]) => {
      const pages = Object.keys(workers).map((page) => page.replace(/^app\/(\([^)]*\)\/)?|\/?page$/g, ''));
      const [path = ''] = pages
        .sort()
        .sort((one, other) => Number(one.includes('[')) - Number(other.includes('[')));
      return [name, { name, id, path: `/${path.replaceAll(/\[\w+\]/g, anyId)}` }];
    }),
  );
}

export interface Sent {
  headers?: Record<string, string>;
  /** In place of the arguments. */
  body?: string | Buffer;
}

export interface Visitor {
  login: string | null;
  door: APIRequestContext;
  get(path: string, headers?: Record<string, string>): Promise<APIResponse>;
  /** Calls a server action as Stint's own page would; `undefined` headers of `Sent` stay as a browser sends them. */
  act(action: Action, args: unknown[], sent?: Sent): Promise<APIResponse>;
  leave(): Promise<void>;
}

/** A visitor of this Stint; `login` null stays a stranger. */
export async function visit(
  origin: string,
  login: string | null,
  extraHTTPHeaders: Record<string, string> = {},
): Promise<Visitor> {
  const door = await request.newContext({ baseURL: origin, extraHTTPHeaders });
  if (login) await postSignIn(door, await door.get('/auth/sign-in'), login);
  return {
    login,
    door,
    // A connection kept and closed meanwhile by the server is no answer: asked again on a new one.
    get: (path, headers = {}) => door.get(path, { headers, maxRedirects: 0, maxRetries: 2 }),
    act: (action, args, { headers = {}, body } = {}) =>
      door.post(action.path, {
        maxRedirects: 0,
        headers: {
          'next-action': action.id,
          accept: 'text/x-component',
          'content-type': 'text/plain;charset=UTF-8',
          origin,
          ...headers,
        },
        data: body ?? JSON.stringify(args.map((one) => (one === undefined ? '$undefined' : one))),
      }),
    leave: () => door.dispose(),
  };
}

/** What became of a call, in one word: `ok`, a refusal's code, where it was sent, or the status. */
export async function verdict(answer: APIResponse): Promise<string> {
  const { location, 'content-type': type = '' } = answer.headers();
  if (location) {
    const { origin, pathname } = new URL(location, answer.url());
    return origin === new URL(answer.url()).origin ? `to ${pathname}` : 'to authority';
  }
  if (!type.startsWith('text/x-component')) return String(answer.status());
  const text = await answer.text();
  const refusal = /"ok":false,"code":"(\w+)"/.exec(text) ?? /"refusal":\{"code":"(\w+)"/.exec(text);
  return refusal?.[1] ?? (text.includes('"ok":true') ? 'ok' : String(answer.status()));
}

/** The record of refusals as an auditor reads it, after this entry. */
export async function refusalsAfter(auditor: Visitor, seq: number): Promise<Refusal[]> {
  const answer = await auditor.get(`/api/exports/audit?action=access.refused&after=${seq}`);
  if (answer.status() !== 200) throw new Error(`The audit record: ${answer.status()}`);
  const lines = (await answer.text()).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Refusal);
}

export interface Refusal {
  seq: number;
  actorKind: string;
  actorName: string;
  details: { door: string; code: string; subject?: string | null; times?: number };
}
