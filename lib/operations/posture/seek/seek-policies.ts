import { and, asc, isNotNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import type { Found } from '#lib/domain/finding.ts';
import { noApprovalOnCritical, noLiveApprover, type PolicyInUse } from '#lib/domain/findings/policy.ts';
import { windowTooLong } from '#lib/domain/findings/window.ts';
import { roleWords } from '#lib/domain/findings/words.ts';
import { eligibleUnder } from './eligible-under.ts';
import { liveAmong } from './live-among.ts';
import { seekContexts } from './seek-contexts.ts';
import type { Search, Sight } from './sight.ts';
import { windowUses } from './window-uses.ts';

const pageSize = 200;
const mostNamed = 10;

/** What is wrong with PIM's settings of the roles that somebody is eligible for. */
export async function* seekPolicies({ privileges }: Sight): Search {
  const contexts = new Map<string, { words: string[]; total: number }>();
  for await (const page of policiesInUse()) {
    const live = await liveAmong(page.flatMap(({ policy }) => policy.approvers.map(({ id }) => id)));
    const uses = await windowUses(page);
    yield page.flatMap((row) => {
      const one: PolicyInUse = {
        ...row,
        privilege: privileges(row),
        liveApproverIds: row.policy.approvers.map(({ id }) => id).filter((id) => live.has(id)),
      };
      const use = uses.get(roleKey(row));
      const found: (Found | null)[] = [
        noApprovalOnCritical(one),
        noLiveApprover(one),
        use ? windowTooLong({ ...row, ...use, maximumMinutes: row.policy.maximumMinutes }) : null,
      ];
      return found.filter((each) => each !== null);
    });
    for (const row of page) {
      const { authenticationContext: context } = row.policy;
      if (!context) continue;
      const asking = contexts.get(context) ?? { words: [], total: 0 };
      if (asking.words.length < mostNamed) asking.words.push(roleWords(row));
      contexts.set(context, { ...asking, total: asking.total + 1 });
    }
  }
  yield await seekContexts(contexts);
}

/** Policies under which somebody could activate now; one that could not be read last time is judged as it was. */
async function* policiesInUse() {
  const { plane, roleId, scopeId } = mirrorPolicies;
  for (let after = ['', '', '']; ; ) {
    const rows = await db()
      .select({ plane, roleId, scopeId, facts: mirrorPolicies.facts })
      .from(mirrorPolicies)
      .where(
        and(
          isNotNull(mirrorPolicies.facts),
          sql`(${plane}, ${roleId}, ${scopeId}) > (${after[0]}, ${after[1]}, ${after[2]})`,
        ),
      )
      .orderBy(asc(plane), asc(roleId), asc(scopeId))
      .limit(pageSize);
    const last = rows.at(-1);
    if (!last) return;
    const eligible = await eligibleUnder(rows);
    yield rows.flatMap(({ facts, ...role }) => {
      const named = eligible.get(roleKey(role));
      return named && facts ? { ...role, ...named, policy: facts } : [];
    });
    after = [last.plane, last.roleId, last.scopeId];
  }
}
