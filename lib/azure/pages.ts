import { AzureFault } from './faults.ts';

export interface Page<T> {
  rows: T[];
  /** The whole address of the next page. */
  next: string | null;
}

/**
 * The rows of an answer that is a list. What is none (a proxy's page, `null`, a body cut short, an error told with 200)
 * throws: an empty list means "there is nothing", and Stint lets go of what a reading no longer shows.
 */
export function rowsOf<T>(answer: { value?: T[] | undefined } | null | undefined): T[] {
  if (Array.isArray(answer?.value)) return answer.value;
  throw new AzureFault('unknown_outcome', { message: 'Azure answered, but not with a list.' });
}

/** All pages, one after the other. A page that names itself as the next is no list either. */
export async function allPages<T>(
  read: (pathOrNext: string) => Promise<Page<T>>,
  path: string,
): Promise<T[]> {
  const rows: T[] = [];
  for (let at: string | null = path; at; ) {
    const page: Page<T> = await read(at);
    rows.push(...page.rows);
    if (page.next === at)
      throw new AzureFault('unknown_outcome', { message: `Azure's list goes round: ${at}` });
    at = page.next;
  }
  return rows;
}
