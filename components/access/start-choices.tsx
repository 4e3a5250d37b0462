import { hour } from '#lib/domain/time.ts';
import { fieldOfMoment } from '#lib/domain/wall-time.ts';
import { zoneOf } from './timing.ts';
import type { Activation } from './use-activation.ts';

/** Starts that are often meant, by one click. */
export function StartChoices({ activation }: { activation: Activation }) {
  const { form, type, clock } = activation;
  const today = fieldOfMoment(clock(), zoneOf(form)).slice(0, 10);
  const weekday = new Date(today).getUTCDay();
  const choices = [
    { name: 'Now', value: '' },
    { name: 'Tomorrow 08:00', value: `${daysAfter(today, 1)}T08:00` },
    // From a Sunday, tomorrow is Monday.
    ...(weekday === 0
      ? []
      : [{ name: 'Monday 08:00', value: `${daysAfter(today, (8 - weekday) % 7 || 7)}T08:00` }]),
  ];
  return (
    <div className="flex flex-wrap gap-1.5">
      {choices.map(({ name, value }) => (
        <button
          aria-pressed={form.startsAt === value}
          className="chip min-h-6 cursor-pointer aria-pressed:border-accent aria-pressed:text-ink"
          key={name}
          onClick={() => type('startsAt', value)}
          type="button"
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 24 * hour).toISOString().slice(0, 10);
}
