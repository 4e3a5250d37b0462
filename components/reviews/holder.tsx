import { principalKindNames } from '#lib/domain/principal.ts';
import type { ItemRow } from '#lib/queries/review-rows.ts';

/** Who has the access. */
export function Holder({
  row: { principalName, principalKind },
}: {
  row: Pick<ItemRow, 'principalName' | 'principalKind'>;
}) {
  return (
    <div className="min-w-0">
      <bdi className="block break-words font-[550]">{principalName}</bdi>
      <span className="block text-sm text-soft">{principalKindNames[principalKind]}</span>
    </div>
  );
}
