import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { requests } from '#db/schema/requests.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { policyInForce } from '#lib/operations/approval-policy/policy-in-force.ts';
import { administrators } from '#lib/operations/approvals/administrators.ts';
import { letterOf } from '#lib/operations/approvals/letter-of.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';
import { answeredAbout } from './answered-about.ts';
import { endBypassed } from './end-bypassed.ts';
import { hasApprover } from './has-approver.ts';
import { verdictThen } from './verdict-then.ts';

/** At most so many in one reading; the next one takes the rest. */
const mostAtOnce = 200;

/**
 * Holds activations that were made outside Stint against Stint's own policy, as it was when they began, once each: one
 * that it would have had signed first, or frozen, and that PIM was not told to let pass, went past it. Administrators
 * are told; where they chose so, it is ended.
 */
export async function noteBypasses(ctx: Context, plane: Plane): Promise<void> {
  await change(
    ctx,
    (tx) =>
      tx
        .select()
        .from(requests)
        .where(
          and(
            eq(requests.plane, plane),
            eq(requests.origin, 'azure'),
            eq(requests.status, 'active'),
            isNull(requests.bypassJudgedAt),
          ),
        )
        .limit(mostAtOnce)
        .for('update', { skipLocked: true }),
    async (tx, rows) => {
      if (rows.length === 0) return { value: null, entries: [] };
      const now = await clock(tx);
      const entries: Told[] = [];
      for (const row of rows) entries.push(...(await judged(tx, row, now)));
      const ids = rows.map(({ id }) => id);
      // Bookkeeping that moves nothing: a look under way still counts.
      await tx.update(requests).set({ bypassJudgedAt: now }).where(inArray(requests.id, ids));
      return { value: null, entries };
    },
  );
}

async function judged(tx: Tx, row: RequestRecord, now: Date): Promise<Told[]> {
  const began = row.startsAt ?? row.filedAt;
  const { verdict, version, isCertain } = await verdictThen(tx, row, began);
  if (verdict.is !== 'stages' && verdict.is !== 'frozen') return [];
  const approver = await hasApprover(tx, row);
  const answered = await answeredAbout(tx, row, began, approver !== false);
  if (answered === 'passed') return [];
  await tx.update(requests).set({ bypassedAt: now }).where(eq(requests.id, row.id));
  const rule = verdict.is === 'stages' ? verdict.rule.name : verdict.freeze.name;
  const inForce = await policyInForce(tx);
  // Where PIM's approver gave it, or may have, or what the rule looks at is not known, people look first.
  const isToEnd = isCertain && approver === false;
  const ending = isToEnd ? await endBypassed(tx, row, inForce, now) : null;
  const toldAll = (people: readonly string[], isAdministrator: boolean) => {
    const words = [
      answered === 'denied' && 'PIM asked Stint, was told no, and gave it all the same.',
      ending && endingWords(ending.isOn, isAdministrator),
      inForce.policy.endsBypassed && !isToEnd && `Stint does not end it: ${whyNot(approver, isCertain)}.`,
    ];
    const text = words.filter((one) => typeof one === 'string').join(' ');
    const facts = { stage: rule, ...(text && { text }) };
    return tell(
      tx,
      people.map((to) => letterOf(row, 'bypassed', to, 'seen', facts)),
    );
  };
  await toldAll(await administrators(tx), true);
  // Who also is an administrator has heard it.
  if (ending) await toldAll([row.requesterId], false);
  const details = {
    rule,
    is: verdict.is,
    policyVersion: version,
    extensionSaid: answered,
    isEnded: ending !== null,
  };
  return [
    { action: 'request.bypassed', subject: { kind: 'request', id: row.id }, details },
    ...(ending ? [ending.told] : []),
  ];
}

function whyNot(approver: boolean | null, isCertain: boolean): string {
  if (approver) return 'PIM’s own approver gave it';
  return isCertain ? 'PIM’s own rules for it are not known' : 'not all that Stint’s rules look at is known';
}

/** Where it is not switched on somebody has to do something, and that is no person's who activated it. */
function endingWords(isOn: boolean, isAdministrator: boolean): string {
  if (isOn || !isAdministrator) return 'The Applier ends it.';
  return 'The Applier is to end it, and is not switched on for this place: switch it on, or end it by hand.';
}
