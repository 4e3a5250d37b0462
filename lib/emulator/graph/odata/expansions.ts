import { badRequest } from '#lib/emulator/graph/refusal.ts';
import type { EntitySet } from './print.ts';

/** One relationship to print, with the options that were nested in it. */
export interface Expansion {
  name: string;
  select: string[] | null;
  expand: Expansion[];
}

/** A $expand, read and held against what the set knows; `*` stands for all of it where the set says so. Throws Request_BadRequest. */
export function readExpand(text: string, set: Pick<EntitySet, 'expand' | 'canExpandAll'>): Expansion[] {
  return known(parseExpand(text), set);
}

function known(asked: Expansion[], set: Pick<EntitySet, 'expand' | 'canExpandAll'>): Expansion[] {
  const { expand = {}, canExpandAll = false } = set;
  return asked.flatMap((one) => {
    if (one.name === '*' && canExpandAll) {
      return Object.keys(expand).map((name) => ({ name, select: null, expand: [] }));
    }
    const relation = expand[one.name];
    if (!relation) throw badRequest(`Could not find a property named '${one.name}'.`);
    const below = relation.expand ? { expand: relation.expand, canExpandAll } : {};
    return [{ ...one, expand: known(one.expand, below) }];
  });
}

/** Reads a $expand such as `policy($expand=rules),principal($select=id,displayName)`. */
function parseExpand(text: string): Expansion[] {
  return split(text, ',').map((part) => {
    const found = /^(\w+|\*)(?:\((.*)\))?$/s.exec(part.trim());
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
