import type { LetterFacts, LetterKind } from '#lib/domain/letter.ts';
import type { Letter } from '#lib/operations/letters/tell.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

/** A letter about a request. `of` names the event among those of its kind: told twice, it is one. */
export function letterOf(
  request: RequestRecord,
  kind: LetterKind,
  to: string,
  of: string,
  more: LetterFacts = {},
): Letter {
  const { id: requestId, roleName, scopeName, requesterName, minutes, ticketNumber } = request;
  const facts = {
    roleName,
    scopeName,
    requesterName,
    minutes,
    ...(ticketNumber && { ticketNumber }),
    ...more,
  };
  return { kind, to, requestId, of, facts };
}
