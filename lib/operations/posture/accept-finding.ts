import { eq } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { isAbout } from '#db/is-about.ts';
import { findings } from '#db/schema/posture.ts';
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
 * @throws Refusal as `mustAnswer`; `own_finding` for one about oneself, as `isAbout` says; `malformed` without a
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
