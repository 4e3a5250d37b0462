import { and, desc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { inventoryRuns } from '#db/schema/inventory.ts';
import { findings } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { type RiskLevel, riskLevels } from '#lib/domain/finding.ts';
import type { HoldingKind } from '#lib/domain/inventory.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { zeroStandingScore } from '#lib/domain/zero-standing.ts';
import { streamsOf } from './findings.ts';
import { mostCounted, type PostureOverview, type TrendPoint } from './posture-rows.ts';

const fewReadings = 48;
const days = 90;

/** Posture at a glance: the score, what is open, and how the numbers went; null to whom it is not open. */
export async function postureOverview(viewer: Actor): Promise<PostureOverview | null> {
  if (!mayReadPosture(viewer)) return null;
  const [runs, open] = await Promise.all([trendRuns(), openByRisk()]);
  const trend = runs.toReversed().map(pointOf);
  return { privilege: runs.find(({ privilege }) => privilege)?.privilege ?? null, open, trend };
}

type Run = Pick<typeof inventoryRuns.$inferSelect, 'startedAt' | 'totals' | 'privilege'>;

/** Newest first: every reading while there are few, later the last of each day. */
async function trendRuns(): Promise<Run[]> {
  const { startedAt, totals, privilege } = inventoryRuns;
  const finished = and(eq(inventoryRuns.kind, 'full'), isNotNull(inventoryRuns.finishedAt));
  const latest = await db()
    .select({ startedAt, totals, privilege })
    .from(inventoryRuns)
    .where(finished)
    .orderBy(desc(startedAt))
    .limit(fewReadings + 1);
  if (latest.length <= fewReadings) return latest;
  const day = sql`date_trunc('day', ${startedAt} at time zone 'UTC')`;
  return await db()
    .selectDistinctOn([day], { startedAt, totals, privilege })
    .from(inventoryRuns)
    .where(and(finished, gt(startedAt, sql`stint_now() - make_interval(days => ${days})`)))
    .orderBy(sql`${day} desc`, desc(startedAt));
}

function pointOf({ startedAt, totals, privilege }: Run): TrendPoint {
  const count = (kind: HoldingKind) =>
    totals.reduce((sum, one) => (one.kind === kind ? sum + one.count : sum), 0);
  return {
    at: startedAt,
    standing: count('standing'),
    eligible: count('eligible'),
    activated: count('activated'),
    score: privilege ? zeroStandingScore(privilege) : null,
  };
}

/** No further than anybody would count on a page: along the index of the list. */
async function openByRisk(): Promise<Record<RiskLevel, number>> {
  const counts = await Promise.all(
    riskLevels.map(async (risk, rank) => {
      const each = await Promise.all(
        streamsOf('open').map((state) => {
          const some = db()
            .select({ id: findings.id })
            .from(findings)
            .where(and(state, eq(findings.rank, rank)))
            .limit(mostCounted + 1)
            .as('some');
          return db().select({ count: sql<number>`count(*)::int` }).from(some);
        }),
      );
      const sum = each.reduce((all, [one]) => all + (one?.count ?? 0), 0);
      return [risk, Math.min(sum, mostCounted + 1)] as const;
    }),
  );
  return Object.fromEntries(counts) as Record<RiskLevel, number>;
}
