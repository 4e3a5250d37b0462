import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { savedSetting } from '#db/settings.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { EvaluationOutcome } from '#lib/domain/evaluation.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { type Plane, planes } from '#lib/domain/plane.ts';
import type { ExtensionPlane, ExtensionSettings } from './evaluation-rows.ts';

/** How PIM's extension stands, plane by plane; null for whom settings are not open to. */
export async function extensionSettings(viewer: Actor): Promise<ExtensionSettings | null> {
  if (!mayAdminister(viewer)) return null;
  const [now, saved, policies, answers] = await Promise.all([
    clock(db()),
    savedSetting(db(), 'extension'),
    policyCounts(),
    answerCounts(),
  ]);
  return {
    ...{ now, saved },
    planes: planes.map((plane): ExtensionPlane => {
      const counts = policies.find((one) => one.plane === plane);
      const told = answers.find((one) => one.plane === plane);
      return {
        plane,
        ...{ known: counts?.known ?? 0, asked: counts?.asked ?? 0, off: counts?.off ?? 0 },
        ...{ others: counts?.others ?? 0, answered: told?.answered ?? 0, denied: told?.denied ?? 0 },
        last: told ? { at: new Date(told.at), outcome: told.outcome } : null,
      };
    }),
  };
}

interface PolicyCount {
  plane: Plane;
  known: number;
  asked: number;
  off: number;
  others: number;
}

/** By the settings of roles as the Reader last read them. */
async function policyCounts(): Promise<PolicyCount[]> {
  const result = await db().execute(sql`
    with read as (
      select plane, coalesce((facts -> 'extension' ->> 'ours')::boolean, false) as ours,
        coalesce((facts -> 'extension' ->> 'enabled')::boolean, false) as enabled
      from mirror_policies where facts is not null)
    select plane, count(*)::int as known, (count(*) filter (where ours and enabled))::int as asked,
      (count(*) filter (where ours and not enabled))::int as off,
      (count(*) filter (where enabled and not ours))::int as others
    from read group by plane`);
  return (result as unknown as { rows: PolicyCount[] }).rows;
}

interface AnswerCount {
  plane: Plane;
  at: string | Date;
  outcome: EvaluationOutcome;
  answered: number;
  denied: number;
}

async function answerCounts(): Promise<AnswerCount[]> {
  const result = await db().execute(sql`
    with day as (
      select plane, count(*)::int as answered, (count(*) filter (where outcome = 'denied'))::int as denied
      from pim_evaluations where at > stint_now() - interval '1 day' group by plane)
    select last.plane, last.at, last.outcome, coalesce(day.answered, 0) as answered,
      coalesce(day.denied, 0) as denied
    from unnest(array['entra', 'azure', 'group']) as p (plane)
    cross join lateral (
      select plane, at, outcome from pim_evaluations e where e.plane = p.plane order by at desc, id desc limit 1
    ) last
    left join day on day.plane = last.plane`);
  return (result as unknown as { rows: AnswerCount[] }).rows;
}
