import { Field } from '#components/ui/field.tsx';
import { WindowSlider } from '#components/ui/window-slider.tsx';
import { inWords } from '#lib/domain/time.ts';
import { defaultMinutes } from './chosen-policy.ts';
import { usualWords } from './start-minutes.ts';
import type { Activation } from './use-activation.ts';

/** The length asked for: typed, or drawn on the window bar whose track is what policy allows. */
export function DurationField({ activation }: { activation: Activation }) {
  const { chosen, policy, durationText, minutes, refusals, type } = activation;
  const longest = inWords(policy.maximumMinutes);
  const allowed = chosen.some((role) => role.policy === null)
    ? 'PIM decides how long is allowed'
    : `policy allows ${longest}${chosen.length > 1 ? ' at the longest' : ''}`;
  const hint = [usualWords(chosen), allowed].filter(Boolean).join(' · ');
  return (
    <Field error={refusals.fields.duration} hint={hint} id="ask-duration" label="Duration">
      {(aria) => (
        <div className="grid grid-cols-[7rem_minmax(0,1fr)] items-center gap-3">
          <input
            {...aria}
            autoComplete="off"
            className="input"
            onChange={(event) => type('duration', event.target.value)}
            value={durationText}
          />
          <WindowSlider
            longestMinutes={policy.maximumMinutes}
            minutes={minutes ?? defaultMinutes(policy)}
            onMinutes={(next) => type('duration', inWords(next))}
          />
        </div>
      )}
    </Field>
  );
}
