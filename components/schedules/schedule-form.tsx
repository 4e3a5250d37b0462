'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { ZoneField } from '#components/access/zone-field.tsx';
import type { Find } from '#components/approval-policy/verbs.ts';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { Field } from '#components/ui/field.tsx';
import { say } from '#components/ui/toast-store.ts';
import { type DutyRotation, rotationFaults } from '#lib/domain/duty-schedule.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { weekdays } from '#lib/domain/week-hours.ts';
import { TurnOrder } from './turn-order.tsx';

export type SaveSchedule = (asked: {
  id: string | null;
  version: number;
  name: string;
  rotation: DutyRotation;
}) => Promise<Outcome<{ id: string }>>;

interface Props {
  id: string | null;
  version: number;
  begin: { name: string; rotation: DutyRotation };
  find: Find;
  save: SaveSchedule;
}

/** A schedule: who takes over from whom, when, and for how long. */
export function ScheduleForm({ id, version, begin, find, save }: Props) {
  const [name, setName] = useState(begin.name);
  const [rotation, setRotation] = useState(begin.rotation);
  const [isSent, setSent] = useState(false);
  const router = useRouter();
  const type = (change: Partial<DutyRotation>) => setRotation({ ...rotation, ...change });
  const faults = rotationFaults(name.trim(), rotation);
  const shown = isSent ? faults : {};
  const { no, pending, press } = useAction(async () => {
    const answer = await save({ id, version, name, rotation });
    if (!answer.ok) return answer;
    say('Saved. It holds from now on.');
    if (!id) router.push(`/settings/schedules/${answer.value.id}`);
    return { ok: true, value: null };
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (Object.keys(faults).length === 0) press();
  };
  const input = (field: 'time' | 'from', kind: string) => (aria: object) => (
    <input
      {...aria}
      className="input min-w-0"
      onChange={(event) => type({ [field]: event.target.value })}
      type={kind}
      value={rotation[field]}
    />
  );
  return (
    <form className="grid max-w-2xl grid-cols-1 gap-4" noValidate onSubmit={send}>
      <Field error={shown.name} hint="as rules and approvers read it" id="duty-name" label="Name">
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            maxLength={60}
            onChange={(event) => setName(event.target.value)}
            value={name}
          />
        )}
      </Field>
      <TurnOrder
        error={shown.people}
        find={find}
        onPeople={(people) => type({ people })}
        people={rotation.people}
      />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-3">
        <Field error={shown.from} hint="the first turn begins on or after it" id="duty-from" label="From">
          {input('from', 'date')}
        </Field>
        <Field
          error={shown.weekday}
          hint={
            rotation.lengthDays > 0 && rotation.lengthDays % 7 !== 0
              ? `the first time; then ${rotation.lengthDays === 1 ? 'every day' : `every ${rotation.lengthDays} days`}`
              : null
          }
          id="duty-day"
          label="Handed over on"
        >
          {(aria) => (
            <select
              {...aria}
              className="input"
              onChange={(event) => type({ weekday: Number(event.target.value) })}
              value={rotation.weekday}
            >
              {weekdays.map((day, n) => (
                <option key={day} value={n + 1}>
                  {day}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field error={shown.time} id="duty-time" label="At">
          {input('time', 'time')}
        </Field>
        <Field error={shown.lengthDays} hint="days" id="duty-length" label="A turn lasts">
          {(aria) => (
            <input
              {...aria}
              className="input min-w-0"
              max={90}
              min={1}
              onChange={(event) => type({ lengthDays: event.target.valueAsNumber || 0 })}
              type="number"
              value={rotation.lengthDays}
            />
          )}
        </Field>
      </div>
      <div className="text-faint text-xs">
        <ZoneField onZone={(zone) => type({ zone })} zone={rotation.zone} />
      </div>
      <NoNote no={no} />
      <p>
        <button aria-disabled={pending} className="btn btn-go" type="submit">
          {id ? 'Save' : 'Add'}
        </button>
      </p>
    </form>
  );
}
