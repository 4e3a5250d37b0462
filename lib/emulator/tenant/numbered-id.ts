/** A readable GUID of the tenant: the family's first block, then a number that a reader of a test recognises. */
export function numberedId(family: string, number: number): string {
  return `${family}-0001-4000-8000-${String(number).padStart(12, '0')}`;
}

export const DAY = 24 * 60 * 60 * 1000;
