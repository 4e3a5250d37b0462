'use client';

import { type FormEvent, useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import { reasonFault, reasonLength } from '#lib/domain/reason.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { Saved } from '#lib/queries/settings-rows.ts';
import { SaveBar } from './save-bar.tsx';
import { useSaved } from './use-saved.ts';

type Rules = Settings['reasons'];

interface Props {
  saved: Saved<'reasons'>;
  save: (input: { value: Rules; version: number }) => Promise<Outcome<null>>;
}

/** What a reason must be, with a place to try it. */
export function ReasonRulesForm({ saved, save }: Props) {
  const form = useSaved(saved, save);
  const { value, type, press, isTyped } = form;
  const [phrases, setPhrases] = useState<string | null>(null);
  const [tried, setTried] = useState('');
  const shown = isTyped && phrases !== null ? phrases : value.emptyPhrases.join('\n');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isTyped) press();
  };
  return (
    <form aria-labelledby="settings-reasons" className="grid grid-cols-1 gap-5" noValidate onSubmit={send}>
      <div>
        <h2 className="font-semibold text-lg" id="settings-reasons">
          Reasons
        </h2>
        <p className="mt-1 text-soft">
          Approvers, reviewers and auditors read them. These rules hold for every activation that gives a
          reason, and for denials; they are explained while somebody types, and judged when it is sent.
        </p>
      </div>
      <Field
        hint="Characters, spaces not counted; 0: as PIM has it. A Chinese, Japanese or Korean character counts twice, since it says as much as two letters or more."
        id="reasons-shortest"
        label="At least"
      >
        {(aria) => (
          <input
            {...aria}
            className="input sm:w-32"
            max={200}
            min={0}
            onChange={(event) => type({ shortest: event.target.valueAsNumber || 0 })}
            type="number"
            value={value.shortest}
          />
        )}
      </Field>
      <div>
        <label className="flex items-start gap-1.5 text-sm">
          <input
            aria-describedby="noise-hint"
            checked={value.refusesNoise}
            className="check shrink-0"
            onChange={(event) => type({ refusesNoise: event.target.checked })}
            type="checkbox"
          />
          <span className="pt-0.5 font-[550]">Refuse what nobody could read</span>
        </label>
        <p className="text-faint text-xs" id="noise-hint">
          The same letter or word over and over, a row of the keyboard, only marks, a ticket’s number alone.
          In every language.
        </p>
      </div>
      <Field
        hint="One a line. A reason is refused when this is all it says, in capitals or not."
        id="reasons-phrases"
        label="Phrases that say nothing"
      >
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            onChange={(event) => {
              setPhrases(event.target.value);
              const lines = event.target.value.split('\n').map((line) => line.trim());
              type({ emptyPhrases: [...new Set(lines.filter(Boolean))] });
            }}
            rows={5}
            value={shown}
          />
        )}
      </Field>
      <Field hint={verdict(tried, value)} id="reasons-try" label="Try one">
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            onChange={(event) => setTried(event.target.value)}
            value={tried}
          />
        )}
      </Field>
      <SaveBar form={form} saved={saved} />
    </form>
  );
}

function verdict(text: string, rules: Rules): string {
  if (!text.trim()) return 'What would be said about it, by the rules above. Nothing is kept.';
  return `${reasonFault(text, rules) ?? 'This would do.'} It counts ${reasonLength(text)}.`;
}
