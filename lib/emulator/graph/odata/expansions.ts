import { badRequest } from '#lib/emulator/graph/refusal.ts';

/** One relationship to print, with the options that were nested in it. */
export interface Expansion {
  name: string;
  select: string[] | null;
  expand: Expansion[];
}

/** Reads a $expand such as `policy($expand=rules),principal($select=id,displayName)`. */
export function parseExpand(text: string): Expansion[] {
  return split(text, ',').map((part) => {
    const found = /^(\w+)(?:\((.*)\))?$/s.exec(part.trim());
    if (!found?.[1]) throw badRequest(`Term '${part}' is not valid in a $select or $expand expression.`);
    const options = new Map<string, string>();
    for (const option of split(found[2] ?? '', ';')) {
      const equals = option.indexOf('=');
      const key = option.slice(0, equals).trim();
      if (key !== '$select' && key !== '$expand') {
        throw badRequest(`Query option '${key}' is not supported in $expand.`);
      }
      options.set(key, option.slice(equals + 1));
    }
    return {
      name: found[1],
      select:
        options
          .get('$select')
          ?.split(',')
          .map((name) => name.trim()) ?? null,
      expand: parseExpand(options.get('$expand') ?? ''),
    };
  });
}

/** Cuts at a separator that is not inside parentheses. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter === separator && depth === 0) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  if (depth !== 0) throw badRequest(`Found an unbalanced bracket expression in '${text}'.`);
  return [...parts, part].filter((one) => one.trim() !== '');
}
