import { and, eq, isNull, notInArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { accessChanges, reviewItems } from '#db/schema/reviews.ts';

/** What takes a change back. */
export const undoes = alias(accessChanges, 'undoes');

export const isChangeOfItem = and(eq(accessChanges.itemId, reviewItems.id), isNull(accessChanges.undoesId));
/** One at the most. */
export const isUndone = and(
  eq(undoes.undoesId, accessChanges.id),
  notInArray(undoes.state, ['withdrawn', 'refused']),
);

/** What is told about a change of access. */
export const changeColumns = {
  ...{ id: accessChanges.id, verb: accessChanges.verb, way: accessChanges.way, state: accessChanges.state },
  ...{ outcome: accessChanges.outcome, explanation: accessChanges.explanation },
  ...{ manualCommand: accessChanges.manualCommand },
  ...{ actedAt: accessChanges.actedAt, confirmedAt: accessChanges.confirmedAt },
  endsAt: sql<Date | null>`(${accessChanges.progress} ->> 'ends_at')::timestamptz`.mapWith(
    accessChanges.confirmedAt,
  ),
};
export const undoColumns = { state: undoes.state, confirmedAt: undoes.confirmedAt };
