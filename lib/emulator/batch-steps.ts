import type { Received } from './http.ts';

/** One request inside a batch, checked. */
export interface BatchStep {
  id: string;
  method: string;
  /** Relative to the version; with or without the leading slash. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: unknown;
  dependsOn: string[];
}

/** The batch itself makes no sense; answered 400 as a whole. */
export class BadBatch extends Error {}

const most = 20;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Reads `{requests: […]}` and puts the steps in an order in which nothing comes before what it depends on. Throws BadBatch. */
export function readBatch(received: Received): BatchStep[] {
  const { requests } = objectOf(parse(received.text), 'The batch must be a JSON object.');
  if (!Array.isArray(requests) || requests.length === 0) {
    throw new BadBatch("Invalid batch payload format: 'requests' must hold at least one request.");
  }
  if (requests.length > most) {
    throw new BadBatch(`Number of batch request steps exceeds the maximum value of ${most}.`);
  }
  const steps = requests.map(readStep);
  const ids = new Set<string>();
  for (const { id } of steps) {
    if (ids.has(id))
      throw new BadBatch(`Request Id '${id}' is not unique: every id must occur once in a batch.`);
    ids.add(id);
  }
  return inOrder(steps);
}

function readStep(value: unknown): BatchStep {
  const step = objectOf(value, 'Every request of a batch is an object.');
  const { id, url } = step;
  if (typeof id !== 'string' || id === '') throw new BadBatch("Every request of a batch needs an 'id'.");
  const method = typeof step.method === 'string' ? step.method.toUpperCase() : '';
  if (!methods.includes(method)) throw new BadBatch(`Request '${id}' has no valid 'method'.`);
  if (typeof url !== 'string' || url === '') throw new BadBatch(`Request '${id}' has no 'url'.`);
  if (/^[a-z]+:\/\//i.test(url)) throw new BadBatch(`The url of request '${id}' must be relative.`);
  if (/^\/?\$batch\b/i.test(url)) throw new BadBatch(`Request '${id}' is a batch inside a batch.`);
  const headers = Object.entries(
    objectOf(step.headers ?? {}, `The headers of request '${id}' are an object.`),
  );
  if (step.body !== undefined && !headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    throw new BadBatch(`Request '${id}' has a body and no Content-Type header.`);
  }
  return {
    id,
    method,
    url,
    headers: Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), String(text)])),
    body: step.body,
    dependsOn: Array.isArray(step.dependsOn) ? step.dependsOn.map(String) : [],
  };
}

function inOrder(steps: BatchStep[]): BatchStep[] {
  const ordered: BatchStep[] = [];
  const isPlaced = (id: string) => ordered.some((step) => step.id === id);
  let waiting = steps;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ dependsOn }) => dependsOn.every(isPlaced));
    if (ready.length === 0) {
      throw new BadBatch(`Request '${waiting[0]?.id}' depends on a request that is not there, or on itself.`);
    }
    ordered.push(...ready);
    waiting = waiting.filter((step) => !ready.includes(step));
  }
  return ordered;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadBatch('Unable to read JSON request payload.');
  }
}

function objectOf(value: unknown, words: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadBatch(words);
  return { ...value };
}
