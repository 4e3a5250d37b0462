import { Ago } from '#components/ui/ago.tsx';
import { WindowBar } from '#components/ui/window-bar.tsx';
import { inWords } from '#lib/domain/time.ts';
import type { RoleLately } from '#lib/queries/approval-rows.ts';
import { asksWords, eligibleWords, spanWords } from './lately-words.ts';

/** A role over the last 90 days: how often it was given, for how long, what of that was used, and by whom last. */
export function RoleLatelyFacts({ lately, now }: { lately: RoleLately; now: Date }) {
  const { grantedMinutes: granted, usedMinutes: used, usualMinutes, last } = lately;
  const share = granted > 0 ? Math.min(1, used / granted) : null;
  const eligible = eligibleWords(lately);
  return (
    <div className="grid gap-1.5 text-sm">
      <p>{asksWords(lately)}</p>
      {share !== null && (
        <WindowBar
          kind="past"
          lead={`${Math.round(share * 100)} % used`}
          part={share}
          rest={`of ${spanWords(granted)} granted`}
        />
      )}
      {last && (
        <p className="text-soft">
          {usualMinutes !== null &&
            lately.activated > 1 &&
            `Half of them took ${inWords(usualMinutes)} or less. `}
          Last <Ago at={last.at} now={now} />: <bdi>{last.personName}</bdi>, {inWords(last.minutes)}.
        </p>
      )}
      {eligible && <p className="text-soft">{eligible}</p>}
    </div>
  );
}
