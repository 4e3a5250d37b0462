/** A rule of the control door: which calls go wrong, how, and how often. */
export interface FaultRule {
  /** A part of the path (with query), or a regular expression for it. */
  match: string;
  method: string | null;
  kind: 'status' | 'reset' | 'timeout' | 'brokenJson' | 'body';
  status: number;
  code: string | null;
  /** Of a `body`: what is answered with 200 instead, text as it is, anything else as JSON. */
  body: string;
  /** Of a `body`. */
  contentType: string;
  /** 0 to 1. */
  rate: number;
  /** Seconds, for the Retry-After header. */
  retryAfter: number | null;
  /** The call takes effect, then goes wrong on the way back. */
  afterEffect: boolean;
  /** A reset comes when half of the answer is out. */
  midBody: boolean;
  /** How many more times it applies; null: always. */
  times: number | null;
}

const kinds = ['status', 'reset', 'timeout', 'brokenJson', 'body'] as const;

/** Reads one rule from a control body. Throws an Error whose message names the field. */
export function parseFault(value: unknown): FaultRule {
  if (typeof value !== 'object' || value === null) throw new Error('A fault rule is an object with "match".');
  const field = Object.fromEntries(Object.entries(value));
  const kind = kinds.find((known) => known === (field.kind ?? 'status'));
  if (!kind) throw new Error(`"kind" is one of ${kinds.join(', ')}.`);
  if (typeof field.match !== 'string')
    throw new Error('"match" is a string: part of the path, or a regular expression.');
  if (field.method !== undefined && typeof field.method !== 'string')
    throw new Error('"method" is a string.');
  if (field.code !== undefined && typeof field.code !== 'string') throw new Error('"code" is a string.');
  if (field.afterEffect !== undefined && typeof field.afterEffect !== 'boolean') {
    throw new Error('"afterEffect" is true or false.');
  }
  if (field.midBody !== undefined && typeof field.midBody !== 'boolean') {
    throw new Error('"midBody" is true or false.');
  }
  if (field.contentType !== undefined && typeof field.contentType !== 'string') {
    throw new Error('"contentType" is a string.');
  }
  const retryAfter = numberBetween(field, 'retryAfter', 0, 86_400);
  return {
    match: field.match,
    method: field.method?.toUpperCase() ?? null,
    kind,
    status: numberBetween(field, 'status', 200, 599) ?? (retryAfter === null ? 500 : 429),
    code: field.code ?? null,
    body: typeof field.body === 'string' ? field.body : (JSON.stringify(field.body) ?? ''),
    contentType: field.contentType ?? 'application/json; charset=utf-8',
    rate: numberBetween(field, 'rate', 0, 1) ?? 1,
    retryAfter,
    // Half an answer is only there when there is one.
    afterEffect: field.afterEffect ?? field.midBody ?? false,
    midBody: field.midBody ?? false,
    times: numberBetween(field, 'times', 1, 1_000_000),
  };
}

function numberBetween(
  field: Record<string, unknown>,
  name: string,
  low: number,
  high: number,
): number | null {
  const value = field[name];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && value >= low && value <= high) return value;
  throw new Error(`"${name}" is a number from ${low} to ${high}.`);
}

/** The first rule that strikes this call, counted down; null when the call is left alone. */
export function strike(rules: FaultRule[], method: string, target: string): FaultRule | null {
  for (const rule of rules) {
    if (rule.method !== null && rule.method !== method) continue;
    if (rule.times === 0 || !matches(rule.match, target)) continue;
    if (rule.rate < 1 && Math.random() >= rule.rate) continue;
    if (rule.times !== null) rule.times -= 1;
    return rule;
  }
  return null;
}

function matches(match: string, target: string): boolean {
  if (target.toLowerCase().includes(match.toLowerCase())) return true;
  try {
    return new RegExp(match, 'i').test(target);
  } catch {
    return false;
  }
}
