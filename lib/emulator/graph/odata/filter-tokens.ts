import { badRequest } from '#lib/emulator/graph/refusal.ts';

export type Token =
  | { kind: 'value'; value: string | number | boolean | null }
  | { kind: 'word'; text: string }
  | { kind: 'mark'; text: string };

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PATTERN = /\s*(?:'((?:[^']|'')*)'|([(),])|([^\s(),']+))/y;
const CONSTANTS: Record<string, boolean | null> = { true: true, false: false, null: null };

/** Cuts a $filter into values, words and marks. Throws Request_BadRequest at what is none of them. */
export function filterTokens(filter: string): Token[] {
  const tokens: Token[] = [];
  const text = filter.trim();
  PATTERN.lastIndex = 0;
  for (let end = 0; end < text.length; end = PATTERN.lastIndex) {
    const found = PATTERN.exec(text);
    if (!found)
      throw badRequest(
        `Syntax error: character '${text[end]}' is not valid at position ${end} in '${filter}'.`,
      );
    const [, quoted, mark, bare] = found;
    if (quoted !== undefined) tokens.push({ kind: 'value', value: quoted.replaceAll("''", "'") });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else tokens.push(bareToken(bare ?? ''));
  }
  return tokens;
}

function bareToken(text: string): Token {
  const constant = CONSTANTS[text.toLowerCase()];
  if (constant !== undefined) return { kind: 'value', value: constant };
  if (GUID.test(text) || /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/i.test(text)) {
    return { kind: 'value', value: text };
  }
  return /^-?\d+(\.\d+)?$/.test(text) ? { kind: 'value', value: Number(text) } : { kind: 'word', text };
}
