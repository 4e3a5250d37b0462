import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';

/** One call to Graph once its route is known. */
export interface Exchange {
  call: Call;
  world: World;
  caller: Caller;
  version: 'v1.0' | 'beta';
  /** What the braces of the route's path stood for. */
  at: Record<string, string>;
}

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/users/{id}`: a brace stands for one segment, or for a part of one. */
  path: string;
  /** Left out: both versions. */
  version?: 'v1.0' | 'beta';
  answer(exchange: Exchange): Answer;
}

/** An entity as Graph prints it. */
export type Row = Record<string, unknown>;

/** The value of a brace in the route's path. */
export function at({ at: found }: Exchange, name: string): string {
  return found[name] ?? '';
}

/** Whether a value is a JSON object. */
export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
