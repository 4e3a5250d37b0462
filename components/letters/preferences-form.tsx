'use client';

import { useState } from 'react';
import { ZoneField } from '#components/access/zone-field.tsx';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { OneOf } from '#components/ui/one-of.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Preferences } from '#lib/domain/delivery.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { LetterSettings } from '#lib/queries/letter-rows.ts';
import { BrowserNote } from './browser-note.tsx';
import { TimeInput } from './time-input.tsx';
import { WaysTable } from './ways-table.tsx';

interface Props {
  settings: LetterSettings;
  save: (wanted: Preferences) => Promise<Outcome<null>>;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Which letters go which way, when they may come, and what waits for nothing. */
export function PreferencesForm({ settings, save }: Props) {
  const [form, setForm] = useState(settings.preferences);
  const [saved, setSaved] = useState(false);
  const { no, pending, press } = useAction(async () => {
    const answer = await save(form);
    setSaved(answer.ok);
    return answer;
  });
  const type = (change: Partial<Preferences>) => {
    setForm((now) => ({ ...now, ...zoneOnce(settings, now), ...change }));
    setSaved(false);
  };
  const { digest, quiet } = form;
  const error = (field: string) => (no !== 'silence' && no?.field === field ? no.message : undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        press();
      }}
    >
      <Section title="Which ways">
        <WaysTable channels={settings.channels} onSends={(sends) => type({ sends })} sends={form.sends} />
        <BrowserNote wanted={Object.values(form.sends).some(({ browser }) => browser)} />
      </Section>
      <Section title="When">
        <div className="panel grid grid-cols-1 gap-4 px-4 py-3.5 text-sm">
          <OneOf
            error={error('at')}
            legend="Mail"
            onValue={(every) => type({ digest: { ...digest, every } })}
            options={[
              { value: 'never', name: 'At once', what: 'each letter as a mail of its own' },
              { value: 'day', name: 'Once a day', what: 'what came since, as one mail' },
              { value: 'week', name: 'Once a week', what: 'what came since, as one mail' },
            ]}
            value={digest.every}
          >
            {digest.every !== 'never' && (
              <p className="flex flex-wrap items-center gap-2 py-1">
                {digest.every === 'week' && (
                  <select
                    aria-label="Day of the week"
                    className="input w-auto"
                    onChange={(event) => type({ digest: { ...digest, day: Number(event.target.value) } })}
                    value={digest.day}
                  >
                    {weekdays.map((name, index) => (
                      <option key={name} value={index + 1}>
                        {name}
                      </option>
                    ))}
                  </select>
                )}
                <TimeInput
                  label="Sent at"
                  onTime={(at) => type({ digest: { ...digest, at } })}
                  time={digest.at}
                />
              </p>
            )}
          </OneOf>
          <fieldset>
            <legend className="font-[550]">Quiet hours</legend>
            <label className="flex items-start gap-1.5 py-1">
              <input
                checked={quiet !== null}
                className="check shrink-0"
                onChange={(event) =>
                  type({ quiet: event.target.checked ? { from: '19:00', until: '07:00' } : null })
                }
                type="checkbox"
              />
              <span className="pt-0.5">
                Nothing in these hours{' '}
                <span className="text-faint text-xs">it comes after them; mail as one</span>
              </span>
            </label>
            {quiet && (
              <p className="flex flex-wrap items-center gap-2 py-1">
                <TimeInput
                  label="From"
                  onTime={(from) => type({ quiet: { ...quiet, from } })}
                  time={quiet.from}
                />
                <TimeInput
                  label="until"
                  onTime={(until) => type({ quiet: { ...quiet, until } })}
                  time={quiet.until}
                />
              </p>
            )}
          </fieldset>
          <label className="flex items-start gap-1.5">
            <input
              checked={form.urgentPasses}
              className="check shrink-0"
              onChange={(event) => type({ urgentPasses: event.target.checked })}
              type="checkbox"
            />
            <span className="pt-0.5">
              Who waits for me now does not wait for these{' '}
              <span className="text-faint text-xs">
                a request to decide, one escalated or handed over to me
              </span>
            </span>
          </label>
          <ZoneField onZone={(zone) => type({ zone })} zone={form.zone} />
        </div>
      </Section>
      <div className="mb-7 grid gap-2.5">
        <NoNote no={no} />
        <div className="flex flex-wrap items-center gap-3">
          <button aria-disabled={pending} className="btn btn-go" type="submit">
            Save
          </button>
          <span className="text-faint text-xs" role="status">
            {pending ? 'Saving…' : saved ? 'Saved. It holds from the next letter on.' : ''}
          </span>
        </div>
      </div>
    </form>
  );
}

/** Who chooses for the first time means their own wall. */
function zoneOnce({ isChosen }: LetterSettings, { zone }: Preferences): { zone?: string } {
  return !isChosen && zone === 'UTC' ? { zone: Intl.DateTimeFormat().resolvedOptions().timeZone } : {};
}
