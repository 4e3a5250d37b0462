import { eq } from 'drizzle-orm';
import { findings } from '#db/schema/posture.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { mustAnswer, type Seen } from './must-answer.ts';

/** Takes an acceptance back before its day. @throws Refusal as `mustAnswer`; `conflict` for one that is not accepted. */
export async function reopenFinding(ctx: PersonContext, seen: Seen): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const finding = await mustAnswer(tx, ctx, seen);
      if (finding.state !== 'accepted') throw new Refusal('conflict');
      return finding;
    },
    async (tx, { id, version, acceptedByName, acceptedUntil }) => {
      await tx
        .update(findings)
        .set({
          state: 'open',
          version: version + 1,
          ...{ acceptedById: null, acceptedByName: null, acceptedReason: null, acceptedUntil: null },
        })
        .where(eq(findings.id, id));
      return {
        value: null,
        entries: [
          {
            action: 'finding.reopened',
            subject: { kind: 'finding', id },
            details: { acceptedBy: acceptedByName, until: acceptedUntil?.toISOString() ?? null },
          },
        ],
      };
    },
  );
}
