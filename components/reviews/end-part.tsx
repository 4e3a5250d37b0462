import { OneOf } from '#components/ui/one-of.tsx';
import { silenceMeanings } from '#lib/domain/campaign.ts';
import { silenceMeans } from '#lib/domain/review-decision.ts';
import { silenceNames } from '#lib/domain/review-words.ts';
import type { Part } from './about-part.tsx';

/** What becomes of it at the close. */
export function EndPart({ form, type, faults }: Part) {
  return (
    <section aria-labelledby="part-end" className="grid grid-cols-1 gap-4">
      <h2 className="font-semibold text-lg" id="part-end">
        At the close
      </h2>
      <OneOf
        error={faults.silence}
        hint="What counts where nobody submitted a decision. Silence never takes anything from a break-glass account, nor anybody out of a group, nor what would lock everybody out."
        legend="Silence"
        onValue={(silence) => type({ silence })}
        options={silenceMeanings.map((value) => ({
          value,
          name: silenceNames[value],
          what: silenceMeans[value],
        }))}
        value={form.silence}
      />
      <OneOf
        error={faults.apply}
        legend="Decisions"
        onValue={(apply) => type({ apply })}
        options={[
          {
            value: 'hold',
            name: 'Wait for an administrator',
            what: 'nothing changes in the tenant until somebody lets it go',
          },
          {
            value: 'auto',
            name: 'Are applied at once',
            what: 'where the Applier is switched on; more than ten removals, and what only silence makes eligible, wait for a second person',
          },
        ]}
        value={form.apply}
      />
      <label className="flex items-start gap-1.5 text-sm">
        <input
          checked={form.reasonToKeepCritical}
          className="check shrink-0"
          onChange={(event) => type({ reasonToKeepCritical: event.target.checked })}
          type="checkbox"
        />
        <span className="pt-0.5">
          Keeping a critical role needs a reason{' '}
          <span className="text-faint text-xs">removing always needs one</span>
        </span>
      </label>
    </section>
  );
}
