import { inWords } from '#lib/domain/time.ts';
import type { RequestRow } from '#lib/queries/rows.ts';
import type { Draft } from './ask.ts';

/** The form of an earlier request, to look at and send again; a start is never repeated. */
export function askAgain({ key, justification, ticketNumber, minutes }: RequestRow): Draft {
  return { keys: [key], form: { justification, ticketNumber, duration: inWords(minutes), startsAt: '' } };
}
