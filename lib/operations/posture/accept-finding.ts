import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { effectiveMembers, findings } from '#db/schema/posture.ts';
import { longestAcceptanceDays, longestReason } from '#lib/domain/finding.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { mustAnswer, type Seen } from './must-answer.ts';

/** Why it may stay, and until when. */
interface Acceptance {
  reason: string;
  until: Date;
}

const dayMinutes = 1440;

/**
 * An administrator answers for a finding until a day; then it opens by itself. Said again, it counts anew.
 * @throws Refusal as `mustAnswer`; `own_finding` for one about oneself or a group one is in; `malformed` without a
 * reason, or for a day that is past or too far off.
 */
export async function acceptFinding(
  ctx: PersonContext,
  seen: Seen,
  { reason, until }: Acceptance,
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const finding = await mustAnswer(tx, ctx, seen);
      if (await isAbout(tx, finding.principalId, ctx.actor.objectId)) throw new Refusal('own_finding');
      requireReason(reason);
      requireDay(until, await clock(tx));
      return finding;
    },
    async (tx, finding) => {
      await tx
        .update(findings)
        .set({
          state: 'accepted',
          acceptedById: ctx.actor.objectId,
          acceptedByName: ctx.actor.name,
          acceptedReason: reason,
          acceptedUntil: until,
          version: finding.version + 1,
        })
        .where(eq(findings.id, finding.id));
      return {
        value: null,
        entries: [
          {
            action: 'finding.accepted',
            subject: { kind: 'finding', id: finding.id },
            details: { until: until.toISOString(), reason },
          },
        ],
      };
    },
  );
}

/** Their own, or a group's they are in, by whatever way. */
async function isAbout(tx: Tx, principalId: string | null, actorId: string): Promise<boolean> {
  if (!principalId || principalId === actorId) return principalId === actorId;
  const [through] = await tx
    .select({ id: effectiveMembers.memberId })
    .from(effectiveMembers)
    .where(and(eq(effectiveMembers.groupId, principalId), eq(effectiveMembers.memberId, actorId)))
    .limit(1);
  return through !== undefined;
}

function requireReason(reason: string): void {
  if (!reason) throw new Refusal('malformed', 'Say why it may stay: whoever looks next reads it.', 'reason');
  if (reason.length > longestReason) {
    throw new Refusal(
      'malformed',
      `The reason is too long. Keep it under ${longestReason} characters.`,
      'reason',
    );
  }
}

function requireDay(until: Date, now: Date): void {
  if (until <= now) throw new Refusal('malformed', 'The day is past. Choose one to come.', 'until');
  if (until > plusMinutes(now, longestAcceptanceDays * dayMinutes)) {
    throw new Refusal(
      'malformed',
      `A finding is accepted for ${longestAcceptanceDays} days at the most. Choose an earlier day.`,
      'until',
    );
  }
}
