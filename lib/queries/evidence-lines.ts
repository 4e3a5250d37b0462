import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { db, opened } from '#db/client.ts';
import { copyOut } from '#db/copy-out.ts';
import { accessChanges, campaigns, itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { EvidenceCampaign, EvidenceFile } from '#lib/domain/evidence-file.ts';
import { mayReadReviews } from '#lib/domain/permission.ts';
import { isId } from './place.ts';

/** The embedded database computes in this process: no more lines at a time than nobody else notices. */
const embeddedRows = 200;

/** What a campaign's evidence is of; null to whom it is not open, or when there is no such campaign. */
export async function evidenceCampaign(viewer: Actor, campaignId: string): Promise<EvidenceCampaign | null> {
  if (!mayReadReviews(viewer) || !isId(campaignId)) return null;
  const [campaign] = await db().select().from(campaigns).where(eq(campaigns.id, campaignId));
  if (!campaign) return null;
  const { id, name, status, openedAt, closedAt, orphans, readingId, plan } = campaign;
  return {
    ...{ campaign: id, name, status, orphans, reading: readingId },
    ...{ openedAt: openedAt?.toISOString() ?? null, closedAt: closedAt?.toISOString() ?? null },
    ...{ plan, createdBy: { id: campaign.createdById, name: campaign.createdByName } },
    editors: campaign.editorIds,
  };
}

/**
 * The rows of a file as lines that the database makes (`line`: SQL over its tables), always in the same order.
 * @throws Error to whom reviews are not open: `evidenceCampaign` has said so before.
 */
export function evidenceLines(
  viewer: Actor,
  campaignId: string,
  file: EvidenceFile,
  line: SQL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!mayReadReviews(viewer)) throw new Error('Evidence of reviews is not open to everybody.');
  const database = opened();
  if (database.kind === 'pglite') return embedded(campaignId, file, line);
  const lines = evidenceSelect(campaignId, file, line, null).as('lines');
  return copyOut(database.raw, sql`select line from ${lines}`, signal);
}

/** Nothing is held between two readings: the only connection is everybody's. */
async function* embedded(campaignId: string, file: EvidenceFile, line: SQL): AsyncGenerator<Uint8Array> {
  for (let after: Key | null = null; ; ) {
    const rows: (Key & { line: string })[] = await evidenceSelect(campaignId, file, line, after).limit(
      embeddedRows,
    );
    const last = rows.at(-1);
    if (!last) return;
    yield Buffer.from(rows.map(({ line: text }) => text).join(''));
    after = last;
  }
}

/** A row's place in its file. */
interface Key {
  key: string;
  id: string;
}

const counts = sql`(${reviewItems.submittedAt} is not null or ${reviewItems.bySilence})`;

function evidenceSelect(campaignId: string, file: EvidenceFile, line: SQL, after: Key | null) {
  const text = sql<string>`${line}`.as('line');
  const beyond = (row: SQL) => (after ? sql`${row} > (${after.key}, ${after.id})` : undefined);
  if (file === 'reviewers') {
    const { itemId, reviewerId } = itemReviewers;
    return db()
      .select({ line: text, key: itemId, id: reviewerId })
      .from(itemReviewers)
      .innerJoin(reviewItems, eq(reviewItems.id, itemId))
      .where(and(eq(itemReviewers.campaignId, campaignId), beyond(sql`(${itemId}, ${reviewerId})`)))
      .orderBy(asc(itemId), asc(reviewerId));
  }
  if (file === 'changes') {
    const { id } = accessChanges;
    return db()
      .select({ line: text, key: id, id: sql<string>`${id}::text`.as('id_text') })
      .from(accessChanges)
      .innerJoin(reviewItems, eq(reviewItems.id, accessChanges.itemId))
      .where(and(eq(accessChanges.campaignId, campaignId), beyond(sql`(${id}, ${id}::text)`)))
      .orderBy(asc(id));
  }
  const { assignmentId, id } = reviewItems;
  const only = { population: undefined, decisions: counts, rationales: sql`${counts} and rationale <> ''` }[
    file
  ];
  return db()
    .select({ line: text, key: assignmentId, id: sql<string>`${id}::text`.as('id_text') })
    .from(reviewItems)
    .where(and(eq(reviewItems.campaignId, campaignId), only, beyond(sql`(${assignmentId}, ${id}::text)`)))
    .orderBy(asc(assignmentId), asc(sql`${id}::text`));
}
