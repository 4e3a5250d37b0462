import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import { plusMinutes } from '#lib/domain/time.ts';
import { DurationField } from './duration-field.tsx';
import { StartChoices } from './start-choices.tsx';
import { endTyped, startOf, wallWords, zoneOf } from './timing.ts';
import type { Activation } from './use-activation.ts';
import { ZoneField } from './zone-field.tsx';

const RepeatForm = dynamic(() => import('./repeat-form.tsx').then((file) => file.RepeatForm), { ssr: false });

/** For how long or until when, and from when; or week by week. */
export function WhenFields({ activation }: { activation: Activation }) {
  const { form, durationText, refusals, type } = activation;
  const [repeats, setRepeats] = useState(false);
  return (
    <>
      <DurationField activation={activation} />
      <div className="grid grid-cols-1 gap-1.5">
        <Field error={refusals.fields.startsAt} id="ask-startsAt" label="Start">
          {(aria) => (
            <input
              {...aria}
              className="input min-w-0"
              onChange={(event) => type('startsAt', event.target.value)}
              type="datetime-local"
              value={form.startsAt}
            />
          )}
        </Field>
        <StartChoices activation={activation} />
      </div>
      <div className="grid grid-cols-[7.75rem_minmax(0,1fr)] items-end gap-3">
        <Field id="ask-until" label="Until">
          {(aria) => (
            <input
              {...aria}
              className="input min-w-0"
              // An end is a length told otherwise: both are the one text.
              onChange={({ target }) => type('duration', target.value ? `until ${target.value}` : '1 h')}
              type="time"
              value={endTyped(durationText) ?? ''}
            />
          )}
        </Field>
        <WindowWords activation={activation} />
      </div>
      <div className="-mt-2 text-faint text-xs">
        <ZoneField onZone={(zone) => type('zone', zone)} zone={zoneOf(form)} />
      </div>
      <div>
        <button
          aria-expanded={repeats}
          className="btn btn-quiet btn-small -ml-2"
          onClick={() => setRepeats(!repeats)}
          type="button"
        >
          Repeat weekly…
        </button>
        {repeats && <RepeatForm activation={activation} />}
      </div>
    </>
  );
}

/** What is typed as the moments it means; an hour that the change of the clocks leaves out shows here as the one after. */
function WindowWords({ activation }: { activation: Activation }) {
  const { form, minutes, durationText, clock } = activation;
  const zone = zoneOf(form);
  const startsAt = startOf(form);
  if (!startsAt && endTyped(durationText) === null)
    return <p className="text-faint text-xs">Empty: from now, for the time above.</p>;
  const from = startsAt ?? clock();
  const end = minutes !== null && minutes > 0 ? wallWords(plusMinutes(from, minutes), zone) : null;
  return (
    <p className="text-soft text-xs" role="status">
      {startsAt ? `From ${wallWords(startsAt, zone)}` : 'From now'}
      {end && ` until ${end}`}
      {startsAt && '; PIM is told at once'}
    </p>
  );
}
