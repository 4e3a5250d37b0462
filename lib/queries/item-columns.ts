import { sql } from 'drizzle-orm';
import { principals } from '#db/schema/inventory.ts';
import type { campaigns } from '#db/schema/reviews.ts';
import { reviewItems } from '#db/schema/reviews.ts';
import { choicesOf, needsRationale } from '#lib/domain/review-decision.ts';
import type { ItemRow } from './review-rows.ts';

/** What every list of items reads of one. */
export const itemColumns = {
  item: reviewItems,
  groupName: sql<string | null>`(select ${principals.name} from ${principals}
    where ${principals.id} = ${reviewItems.wayGroupId})`,
};

interface Selected {
  item: typeof reviewItems.$inferSelect;
  groupName: string | null;
}

/** An item in the shape of the screen; the plan says when a keep needs a reason. */
export function asItemRow(
  { item, groupName }: Selected,
  plan: (typeof campaigns.$inferSelect)['plan'],
): ItemRow {
  const { way, wayGroupId } = item;
  return {
    ...{ id: item.id, version: item.version, kind: item.kind, plane: item.plane },
    ...{ roleId: item.roleId, roleName: item.roleName },
    ...{ scopeId: item.scopeId, scopeName: item.scopeName, scopeKind: item.scopeKind },
    ...{
      principalId: item.principalId,
      principalName: item.principalName,
      principalKind: item.principalKind,
    },
    ...{ isCritical: item.isCritical, evidence: item.evidence },
    ...{ recommendation: item.recommendation, recommendationWhy: item.recommendationWhy },
    throughGroup:
      way === 'membership' && wayGroupId ? { id: wayGroupId, name: groupName ?? wayGroupId } : null,
    choices: choicesOf(item),
    keepNeedsReason: needsRationale(item, { decision: 'keep', isBulk: false }, plan),
    ...{ decision: item.decision, rationale: item.rationale, bySilence: item.bySilence },
    ...{ decidedByName: item.decidedByName, decidedAt: item.decidedAt, submittedAt: item.submittedAt },
  };
}
