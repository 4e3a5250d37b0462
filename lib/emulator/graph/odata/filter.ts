import { badRequest } from '#lib/emulator/graph/refusal.ts';
import { filterTokens, type Token } from './filter-tokens.ts';

export type Value = string | number | boolean | null;
export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; inner: Filter }
  | { kind: 'compare'; operator: string; path: string; value: Value }
  | { kind: 'in'; path: string; values: Value[] }
  | { kind: 'startswith' | 'endswith' | 'contains'; path: string; value: Value }
  | { kind: 'any'; path: string; variable: string; inner: Filter };

const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

/**
 * Reads a $filter: eq, ne, gt, ge, lt, le, in, startswith, endswith, contains, any, not, and, or, parentheses.
 * Anything else is refused with Request_BadRequest, as Graph refuses what a resource does not support.
 */
export function parseFilter(filter: string): Filter {
  const tokens = filterTokens(filter);
  let position = 0;
  const fail = () => badRequest(`Invalid filter clause: unsupported or malformed expression in '${filter}'.`);
  const isNext = (text: string) => {
    const token = tokens[position];
    return token !== undefined && token.kind !== 'value' && token.text.toLowerCase() === text;
  };
  const skip = (text: string) => isNext(text) && position++ >= 0;
  const expect = (text: string) => {
    if (!skip(text)) throw fail();
  };
  const next = <Kind extends Token['kind']>(kind: Kind): Extract<Token, { kind: Kind }> => {
    const token = tokens[position++];
    if (token?.kind !== kind) throw fail();
    return token as Extract<Token, { kind: Kind }>;
  };

  function either(): Filter {
    let left = both();
    while (skip('or')) left = { kind: 'or', left, right: both() };
    return left;
  }
  function both(): Filter {
    let left = single();
    while (skip('and')) left = { kind: 'and', left, right: single() };
    return left;
  }
  function single(): Filter {
    if (skip('not')) return { kind: 'not', inner: single() };
    if (skip('(')) {
      const inner = either();
      expect(')');
      return inner;
    }
    const path = next('word').text;
    const name = path.toLowerCase();
    if (name === 'startswith' || name === 'endswith' || name === 'contains') return affix(name);
    if (name.endsWith('/any')) return any(path.slice(0, -4));
    if (skip('in')) return oneOf(path);
    const operator = next('word').text.toLowerCase();
    if (!OPERATORS.includes(operator)) throw fail();
    return { kind: 'compare', operator, path, value: next('value').value };
  }
  function any(path: string): Filter {
    expect('(');
    const [, variable = '', first = ''] = /^(\w+):(.*)$/.exec(next('word').text) ?? [];
    if (!variable) throw fail();
    if (first) tokens.splice(position, 0, { kind: 'word', text: first });
    const inner = either();
    expect(')');
    return { kind: 'any', path, variable, inner };
  }
  function affix(kind: 'startswith' | 'endswith' | 'contains'): Filter {
    expect('(');
    const path = next('word').text;
    expect(',');
    const { value } = next('value');
    expect(')');
    return { kind, path, value };
  }
  function oneOf(path: string): Filter {
    expect('(');
    const values = [next('value').value];
    while (skip(',')) values.push(next('value').value);
    expect(')');
    return { kind: 'in', path, values };
  }

  const whole = either();
  if (position < tokens.length) throw fail();
  return whole;
}
