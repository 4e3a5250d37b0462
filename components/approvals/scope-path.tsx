import { scopeWords } from '#components/roles/role-words.ts';
import type { ApprovalCard } from '#lib/queries/approval-rows.ts';

/** Where it counts, from the widest place that is known down to the scope itself. */
export function ScopePath({ card }: { card: ApprovalCard }) {
  const { plane, name, kind } = scopeWords(card);
  return (
    <>
      {[plane, ...(card.plane === 'azure' ? card.above : [])].map((place, depth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places of one path may be called the same, and never move.
        <span className="text-soft" key={depth}>
          <bdi>{place}</bdi>
          {name && ' / '}
        </span>
      ))}
      {name && <bdi className="font-[550]">{name}</bdi>}
      {kind && ` (${kind})`}
    </>
  );
}
