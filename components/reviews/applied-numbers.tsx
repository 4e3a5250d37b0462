import type { ChangeVerb } from '#lib/domain/access-change.ts';
import type { CampaignStory } from '#lib/queries/review-rows.ts';
import { NumberTable } from './number-table.tsx';

const verbNames: Record<ChangeVerb, string> = {
  remove: 'Removed',
  make_eligible: 'Made eligible',
  make_time_bound: 'Made time-bound',
  restore: 'Restored',
};

/** Of what was decided to be done, how much is done and still so. */
export function AppliedNumbers({ applied, label }: { applied: CampaignStory['applied']; label: string }) {
  if (applied.length === 0) {
    return <p className="panel px-3.5 py-2.5 text-sm text-soft">Nothing was to be changed.</p>;
  }
  return (
    <NumberTable
      heads={['What', 'Decided', 'Done', 'Given back', 'To do', 'Blocked', 'Refused']}
      label={label}
      rows={applied.map((row) => ({
        name: verbNames[row.verb],
        numbers: [row.decided, row.done, row.givenBack, row.open, row.blocked, row.refused],
      }))}
    />
  );
}
