'use client';

import { useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { OneOf } from '#components/ui/one-of.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { TicketCheckbox } from './ticket-checkbox.tsx';

export type SaveRules = (rules: { version: number; value: Settings['tickets'] }) => Promise<Outcome<null>>;

interface Props {
  value: Settings['tickets'];
  version: number;
  save: SaveRules;
}

/** Who has to name a ticket, beside what PIM asks of each role. */
export function TicketRulesForm({ value, version, save }: Props) {
  const [form, setForm] = useState(value);
  const [saved, setSaved] = useState(false);
  const [base, setBase] = useState(version);
  const { no, pending, press } = useAction(async () => {
    const answer = await save({ version: base, value: form });
    if (answer.ok) setBase(base + 1);
    setSaved(answer.ok);
    return answer;
  });
  const choose = (change: Partial<Settings['tickets']>) => {
    setForm((now) => ({ ...now, ...change }));
    setSaved(false);
  };
  return (
    <form
      className="panel grid grid-cols-1 gap-3 px-4 py-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        press();
      }}
    >
      <TicketCheckbox
        checked={form.forCritical}
        label="Critical roles ask for a ticket"
        onChecked={(forCritical) => choose({ forCritical })}
        what="also where their policy in PIM does not: those marked “privileged” under Access, groups, and any not read yet"
      />
      <OneOf
        legend="A number that no system takes"
        onValue={(unknownNumbers) => choose({ unknownNumbers })}
        options={[
          { value: 'allow', name: 'Goes on', what: 'as free text, as PIM itself takes it' },
          { value: 'refuse', name: 'Is refused', what: 'while there is any system that is switched on' },
        ]}
        value={form.unknownNumbers}
      />
      <div className="flex flex-wrap items-center gap-3">
        <button aria-disabled={pending} className="btn btn-small" type="submit">
          Save rules
        </button>
        <span className="text-faint text-xs" role="status">
          {pending ? 'Saving…' : saved ? 'Saved.' : ''}
        </span>
      </div>
      <NoNote no={no} />
    </form>
  );
}
