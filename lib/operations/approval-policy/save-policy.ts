import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import type { ApprovalPolicy } from '#lib/domain/approval-policy.ts';
import { approvalPolicyFaults, isGuid } from '#lib/domain/approval-policy-faults.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { policyInForce } from './policy-in-force.ts';

const longestNote = 500;

/**
 * Saves a new version of the approval policy, over the one that was before the administrator's eyes (0: none), with a
 * note that says why. Versions before it stay as they are: requests are pinned to theirs. Answers the new version.
 * @throws Refusal `not_found` for who does not administer Stint; `malformed` with the field; `conflict` when somebody
 * saved since.
 */
export async function savePolicy(
  ctx: PersonContext,
  { document, note, version }: { document: ApprovalPolicy; note: string; version: number },
): Promise<number> {
  return keepVersion(ctx, { note, version, restored: null }, async () => document);
}

/**
 * Puts an old version in force again, as a new one.
 * @throws Refusal as `savePolicy`; `not_found` where there is no such version
 */
export async function restorePolicy(
  ctx: PersonContext,
  { restored, note, version }: { restored: number; note: string; version: number },
): Promise<number> {
  return keepVersion(ctx, { note, version, restored }, async (tx) => {
    const [row] = await tx.select().from(approvalPolicies).where(eq(approvalPolicies.version, restored));
    if (!row) throw new Refusal('not_found');
    return row.document;
  });
}

function keepVersion(
  ctx: PersonContext,
  { note, version, restored }: { note: string; version: number; restored: number | null },
  load: (tx: Tx) => Promise<ApprovalPolicy>,
): Promise<number> {
  return change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      if (note === '') throw new Refusal('malformed', 'Say why: whoever reads it later will ask.', 'note');
      if (note.length > longestNote)
        throw new Refusal('malformed', `Keep the note under ${longestNote} characters.`, 'note');
      const document = inLowerCase(await load(tx));
      const [fault] = approvalPolicyFaults(document);
      if (fault) throw new Refusal('malformed', fault.why, fault.at);
      const before = await policyInForce(tx);
      if (before.version !== version) throw new Refusal('conflict');
      return { document, before, now: await clock(tx) };
    },
    async (tx, { document, before, now }) => {
      const next = before.version + 1;
      const by = { changedAt: now, changedById: ctx.actor.objectId, changedByName: ctx.actor.name };
      // The version is the key: of two who save at once, one is first.
      const [row] = await tx
        .insert(approvalPolicies)
        .values({ version: next, document, note, ...by })
        .onConflictDoNothing()
        .returning();
      if (!row) throw new Refusal('conflict');
      const details = {
        ...{ version: next, note, before: before.policy, after: document },
        ...(restored !== null && { restored }),
      };
      const subject = { kind: 'setting' as const, id: 'approval_policy' };
      return { value: next, entries: [{ action: 'approval_policy.changed', subject, details }] };
    },
  );
}

/** Object ids are compared as they are written: in lower case, as Azure writes them. */
function inLowerCase(policy: ApprovalPolicy): ApprovalPolicy {
  return JSON.parse(JSON.stringify(policy), (key, value) =>
    key === 'id' && isGuid(value) ? value.toLowerCase() : value,
  );
}
