import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { sessions } from '#db/schema/people.ts';
import { findings } from '#db/schema/posture.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { mustAnswer, type Seen } from './must-answer.ts';

/**
 * Gives a finding to somebody who may see it, or to nobody.
 * @throws Refusal as `mustAnswer`; `malformed` for whoever has not signed in as an administrator or auditor.
 */
export async function assignFinding(
  ctx: PersonContext,
  seen: Seen,
  assigneeId: string | null,
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const finding = await mustAnswer(tx, ctx, seen);
      const assignee = assigneeId ? await whoMaySee(tx, assigneeId) : null;
      if (assigneeId && !assignee) {
        throw new Refusal(
          'malformed',
          'Only an administrator or auditor who has signed in to Stint can take a finding on.',
          'assigneeId',
        );
      }
      return { finding, assignee };
    },
    async (tx, { finding, assignee }) => {
      await tx
        .update(findings)
        .set({ assigneeId, assigneeName: assignee?.name ?? null, version: finding.version + 1 })
        .where(eq(findings.id, finding.id));
      return {
        value: null,
        entries: [
          {
            action: 'finding.assigned',
            subject: { kind: 'finding', id: finding.id },
            details: { to: assignee?.name ?? null, toId: assigneeId, before: finding.assigneeName },
          },
        ],
      };
    },
  );
}

/** By what Entra said of their roles when they last signed in. */
async function whoMaySee(tx: Tx, objectId: string): Promise<{ name: string } | undefined> {
  const [last] = await tx
    .select({ name: sessions.name, roles: sessions.roles })
    .from(sessions)
    .where(and(eq(sessions.objectId, objectId)))
    .orderBy(sql`${sessions.createdAt} desc`)
    .limit(1);
  const may = last?.roles.some((role) => role === 'Stint.Administrator' || role === 'Stint.Auditor');
  return may && last ? { name: last.name } : undefined;
}
