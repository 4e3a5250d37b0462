/** As Next's own limit for actions (next.config.ts). */
export const mostBodyBytes = 1_048_576;
/** The deepest of what pages send is an approver in a stage of a rule of a policy. */
const deepest = 12;

/**
 * Whether the body of a server action is plain data: a JSON list of texts, numbers, yes and no, nothing, lists and
 * records of those. React's reply format can say much more by texts that begin with `$` (references, streams, other
 * actions); Stint's pages never do, so nothing of it comes near the decoder.
 */
export function isPlainBody(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text);
    return Array.isArray(body) && isPlain(body, deepest);
  } catch {
    return false;
  }
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string')
    return !value.startsWith('$') || value.startsWith('$$') || value === '$undefined';
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(([name, one]) => name !== '__proto__' && isPlain(one, depth - 1));
}
