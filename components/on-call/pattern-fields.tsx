import { ZoneField } from '#components/access/zone-field.tsx';
import { Choices } from '#components/reviews/choices.tsx';
import { Field } from '#components/ui/field.tsx';
import { longestPlanWeeks, type OnCallPattern, type PatternField } from '#lib/domain/on-call.ts';

interface Props {
  pattern: OnCallPattern;
  faults: Partial<Record<PatternField, string>>;
  onPattern: (pattern: OnCallPattern) => void;
}

const days = ['1', '2', '3', '4', '5', '6', '7'] as const;
const dayNames = { 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' };

/** When a window comes, week by week. */
export function PatternFields({ pattern, faults, onPattern }: Props) {
  const type = (change: Partial<OnCallPattern>) => onPattern({ ...pattern, ...change });
  return (
    <div className="grid grid-cols-1 gap-3">
      <Choices
        chosen={days.filter((day) => pattern.days.includes(Number(day)))}
        error={faults.days}
        hint="Each day is a window of its own."
        legend="Days"
        names={dayNames}
        onChosen={(chosen) => type({ days: chosen.map(Number) })}
        options={days}
      />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-3">
        <Field error={faults.time} id="window-time" label="Begins at">
          {(aria) => (
            <input
              {...aria}
              className="input min-w-0"
              onChange={(event) => type({ time: event.target.value })}
              type="time"
              value={pattern.time}
            />
          )}
        </Field>
        <Field error={faults.from} id="window-from" label="First day">
          {(aria) => (
            <input
              {...aria}
              className="input min-w-0"
              onChange={(event) => type({ from: event.target.value })}
              type="date"
              value={pattern.from}
            />
          )}
        </Field>
        <Field
          error={faults.until}
          hint={`at most ${longestPlanWeeks} weeks ahead`}
          id="window-until"
          label="Last day"
        >
          {(aria) => (
            <input
              {...aria}
              className="input min-w-0"
              onChange={(event) => type({ until: event.target.value })}
              type="date"
              value={pattern.until}
            />
          )}
        </Field>
      </div>
      <div className="text-faint text-xs">
        <ZoneField onZone={(zone) => type({ zone })} zone={pattern.zone} />
        {faults.zone && <p className="text-sm text-warn">{faults.zone}</p>}
        {faults.minutes && (
          <p className="text-sm text-warn" role="alert">
            {faults.minutes}
          </p>
        )}
      </div>
    </div>
  );
}
