import { ZoneField } from '#components/access/zone-field.tsx';
import { Choices } from '#components/reviews/choices.tsx';
import { TicketCheckbox as CheckLine } from '#components/settings/ticket-checkbox.tsx';
import { Field } from '#components/ui/field.tsx';
import type { WeekHours } from '#lib/domain/approval-policy.ts';
import { dayOptions, shortDays } from './days.ts';
import type { FaultAt } from './faults.ts';

interface Props {
  id: string;
  hours: WeekHours | null;
  fault: FaultAt;
  onHours: (hours: WeekHours | null) => void;
}

const nights: WeekHours = { zone: 'UTC', days: [1, 2, 3, 4, 5], from: '18:00', until: '08:00' };

/** Hours of the week in which an ask would begin. */
export function HoursFields({ id, hours, fault, onHours }: Props) {
  const type = (change: Partial<WeekHours>) => onHours({ ...nights, ...hours, ...change });
  const begin = () => ({ ...nights, zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  return (
    <div className="grid grid-cols-1 gap-2">
      <CheckLine
        checked={hours !== null}
        label="Only at certain hours"
        onChecked={(on) => onHours(on ? begin() : null)}
        what="of when it would begin, on the wall of a time zone"
      />
      {hours && (
        <div className="grid grid-cols-1 gap-2 border-line border-l-2 pl-3">
          <Choices
            chosen={dayOptions.filter((day) => hours.days.includes(Number(day)))}
            error={fault('hours.days')}
            hint="The day on which the hours begin: past midnight they still belong to it."
            legend="Days"
            names={shortDays}
            onChosen={(days) => type({ days: days.map(Number) })}
            options={dayOptions}
          />
          <div className="grid grid-cols-2 gap-3">
            {(['from', 'until'] as const).map((end) => (
              <Field
                error={fault(`hours.${end}`)}
                id={`${id}-${end}`}
                key={end}
                label={end === 'from' ? 'From' : 'Until'}
              >
                {(aria) => (
                  <input
                    {...aria}
                    className="input min-w-0"
                    onChange={(event) => type({ [end]: event.target.value })}
                    type="time"
                    value={hours[end]}
                  />
                )}
              </Field>
            ))}
          </div>
          <div className="text-faint text-xs">
            <ZoneField onZone={(zone) => type({ zone })} zone={hours.zone} />
          </div>
        </div>
      )}
    </div>
  );
}
