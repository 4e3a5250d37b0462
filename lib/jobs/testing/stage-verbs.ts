import { inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { signatures } from '#db/schema/approvals.ts';
import { sessions } from '#db/schema/people.ts';
import { inForce, staged, stageOf } from '#lib/operations/approvals/testing/policy.ts';

/** What a test of killed engines asks about Stint's own stages. */
export const stageVerbs = {
  /** From now on each of these has to sign, one after the other; they have signed in before. */
  async asksSignatures(...upns: string[]) {
    const known = await db().select().from(sessions).where(inArray(sessions.upn, upns));
    const people = upns.flatMap((upn) => known.find((one) => one.upn === upn) ?? []);
    const stages = people.map(({ objectId: id, name }) => stageOf([{ id, name }]));
    await inForce({ rules: stages.length > 0 ? [staged(stages)] : [] });
    return stages.length;
  },

  /** How the signatures of a request stand. */
  async signed(...requestIds: string[]) {
    const rows = await db().select().from(signatures).where(inArray(signatures.requestId, requestIds));
    return rows.map(({ approverName, state }) => `${approverName} ${state}`).toSorted();
  },
};
