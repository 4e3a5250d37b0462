import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { findings } from '#db/schema/posture.ts';
import { mayAnswerFindings } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/** A finding as its page showed it. */
export interface Seen {
  findingId: string;
  version: number;
}

/**
 * The finding somebody says something about, locked until it is said.
 * @throws Refusal `not_found` for all but administrators, `conflict` when it is not any more what they saw.
 */
export async function mustAnswer(tx: Tx, { actor }: PersonContext, { findingId, version }: Seen) {
  if (!mayAnswerFindings(actor)) throw new Refusal('not_found');
  const [finding] = await tx.select().from(findings).where(eq(findings.id, findingId)).for('update');
  if (!finding) throw new Refusal('not_found');
  if (finding.version !== version || finding.state === 'gone') throw new Refusal('conflict');
  return finding;
}
