import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Answer, Call } from '#lib/emulator/wire.ts';

/** One page of a list, with a nextLink while there is more. `$top` may make pages smaller than usual, not larger. */
export function page(call: Call, rows: object[], usual: number): Answer {
  return pageOf(call, rows, usual, (row) => row);
}

/** The same for rows that are printed only when they are on the page. */
export function pageOf<Row>(call: Call, rows: Row[], usual: number, print: (row: Row) => object): Answer {
  const top = wholeNumber(call, '$top', usual);
  const size = Math.min(Math.max(top, 1), usual);
  const start = wholeNumber(call, '$skiptoken', 0);
  const value = rows.slice(start, start + size).map(print);
  if (start + size >= rows.length) return { status: 200, body: { value } };
  const next = new URLSearchParams(call.query);
  for (const name of [...next.keys()]) if (name.toLowerCase() === '$skiptoken') next.delete(name);
  next.set('$skipToken', String(start + size));
  return { status: 200, body: { value, nextLink: `${call.origin}${encodeURI(call.path)}?${next}` } };
}

function wholeNumber(call: Call, name: string, otherwise: number): number {
  const written = [...call.query].find(([key]) => key.toLowerCase() === name)?.[1];
  if (written === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(written)) {
    throw new PimRefusal(400, 'InvalidRequestContent', `The value '${written}' of ${name} is not valid.`);
  }
  return Number(written);
}
