import { and, eq, ilike, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { pimEvaluations } from '#db/schema/evaluations.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { evaluationOutcomes, evaluationStages } from '#lib/domain/evaluation.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { planes } from '#lib/domain/plane.ts';
import { containing } from './containing.ts';
import type { EvaluationFilter, EvaluationRow } from './evaluation-rows.ts';
import type { Query } from './history-filter.ts';
import { type Cursor, cut, readCursor } from './keyset.ts';
import type { Page } from './rows.ts';

const pageSize = 50;
const longestText = 100;

/** What Stint answered PIM, newest first; null for whoever does not operate Stint. */
export async function evaluations(
  viewer: Actor,
  filter: EvaluationFilter,
  cursorText: string | null,
  size = pageSize,
): Promise<Page<EvaluationRow> | null> {
  if (!mayOperate(viewer)) return null;
  const cursor = readCursor(cursorText);
  const direction = cursor?.direction === 'before' ? sql`asc` : sql`desc`;
  const rows = await db()
    .select({ ...columns, filedAt: pimEvaluations.at })
    .from(pimEvaluations)
    .where(and(...matching(filter), beyond(cursor)))
    .orderBy(sql`${pimEvaluations.at} ${direction}, ${pimEvaluations.id} ${direction}`)
    .limit(size + 1);
  return cut(rows, size, cursor);
}

const columns = {
  id: pimEvaluations.id,
  at: pimEvaluations.at,
  stage: pimEvaluations.stage,
  outcome: pimEvaluations.outcome,
  reasons: pimEvaluations.reasons,
  principalName: pimEvaluations.principalName,
  plane: pimEvaluations.plane,
  roleName: pimEvaluations.roleName,
  scopeName: pimEvaluations.scopeName,
  minutes: pimEvaluations.minutes,
  ticketNumber: pimEvaluations.ticketNumber,
  requestId: pimEvaluations.requestId,
  deliveries: pimEvaluations.deliveries,
};

function matching({ outcome, person, plane, role, stage }: EvaluationFilter): (SQL | undefined)[] {
  return [
    person ? ilike(pimEvaluations.principalName, containing(person)) : undefined,
    role
      ? or(
          ilike(pimEvaluations.roleName, containing(role)),
          ilike(pimEvaluations.scopeName, containing(role)),
        )
      : undefined,
    plane ? eq(pimEvaluations.plane, plane) : undefined,
    outcome ? eq(pimEvaluations.outcome, outcome) : undefined,
    stage ? eq(pimEvaluations.stage, stage) : undefined,
  ];
}

function beyond(cursor: Cursor | null): SQL | undefined {
  if (!cursor) return undefined;
  const place = sql`(${cursor.filedAt}::timestamptz, ${cursor.id}::uuid)`;
  const row = sql`(${pimEvaluations.at}, ${pimEvaluations.id})`;
  return cursor.direction === 'after' ? sql`${row} < ${place}` : sql`${row} > ${place}`;
}

/** The filter in a URL; what cannot be read filters nothing. */
export function parseEvaluationFilter(query: Query): EvaluationFilter {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, longestText) : '';
  };
  const [person, role] = [text('person'), text('role')];
  const plane = planes.find((one) => one === text('plane'));
  const outcome = evaluationOutcomes.find((one) => one === text('outcome'));
  const stage = evaluationStages.find((one) => one === text('stage'));
  return {
    ...(person && { person }),
    ...(role && { role }),
    ...(plane && { plane }),
    ...(outcome && { outcome }),
    ...(stage && { stage }),
  };
}
