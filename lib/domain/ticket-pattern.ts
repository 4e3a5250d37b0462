/**
 * How a ticket number looks, without regular expressions: `{n}` is a number, `{any}` anything without spaces, all
 * else itself in any case. `INC{n}` takes `INC0012345`.
 */

const mostLetters = 60;
const mostParts = 3;
const hole = /\{(n|any)\}/g;

/** The number within, where the pattern has one (`42` of `AB#42`); else all of it. null: it does not fit. */
function fitOf(pattern: string, number: string): { id: string } | null {
  const found = expressionOf(pattern).exec(number);
  return found ? { id: found.groups?.n ?? number } : null;
}

/** Whether any of the patterns takes it. */
export function fits(patterns: readonly string[], number: string): boolean {
  return patterns.some((pattern) => fitOf(pattern, number) !== null);
}

/** The number within, by the first pattern that takes it; else all of it. */
export function idIn(patterns: readonly string[], number: string): string {
  for (const pattern of patterns) {
    const fit = fitOf(pattern, number);
    if (fit) return fit.id;
  }
  return number;
}

/** What is wrong with a pattern; null: nothing. */
export function faultOfPattern(pattern: string): string | null {
  if (pattern.length > mostLetters) return `“${pattern}” is too long.`;
  const holes = pattern.match(hole) ?? [];
  if (holes.length === 0) return `“${pattern}” has no {n} for the number, and no {any}.`;
  if (holes.length > mostParts) return `“${pattern}” has more than ${mostParts} of {n} and {any}.`;
  if (/[{}]/.test(pattern.replaceAll(hole, ''))) return `“${pattern}” knows only {n} and {any} in braces.`;
  return null;
}

/** The last `{n}` is the ticket's own number: `team{n}-{n}`. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.split(/(\{n\}|\{any\})/);
  const last = parts.lastIndexOf('{n}');
  const source = parts.map((part, index) => {
    if (part === '{n}') return index === last ? '(?<n>\\d{1,15})' : '\\d{1,15}';
    if (part === '{any}') return '\\S{1,60}';
    return RegExp.escape(part);
  });
  return new RegExp(`^${source.join('')}$`, 'i');
}
