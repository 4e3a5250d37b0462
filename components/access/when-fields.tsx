import { Field } from '#components/ui/field.tsx';
import { DurationField } from './duration-field.tsx';
import type { Activation } from './use-activation.ts';

/** For how long, and from when. */
export function WhenFields({ activation }: { activation: Activation }) {
  const { form, refusals, type } = activation;
  return (
    <>
      <DurationField activation={activation} />
      <Field error={refusals.fields.startsAt} hint={startHint()} id="ask-startsAt" label="Start">
        {(aria) => (
          <input
            {...aria}
            className="input"
            onChange={(event) => type('startsAt', event.target.value)}
            type="datetime-local"
            value={form.startsAt}
          />
        )}
      </Field>
    </>
  );
}

/** The field itself names no zone. The sheet is drawn in the browser only, so the zone is the viewer's. */
function startHint(): string {
  return `empty: now · in your time zone, ${new Intl.DateTimeFormat().resolvedOptions().timeZone}`;
}
