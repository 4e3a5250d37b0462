'use client';

import type { FormEvent } from 'react';
import { SaveBar } from '#components/settings/save-bar.tsx';
import { useSaved } from '#components/settings/use-saved.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { Saved } from '#lib/queries/settings-rows.ts';

type Rules = Settings['extension'];

interface Props {
  saved: Saved<'extension'>;
  save: (input: { value: Rules; version: number }) => Promise<Outcome<null>>;
}

/** Whether a rule that asks nobody may speak for PIM’s approver too. */
export function AutoApprovesForm({ saved, save }: Props) {
  const form = useSaved(saved, save);
  const { value, type, press, isTyped } = form;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isTyped) press();
  };
  return (
    <form aria-labelledby="extension-auto" className="grid grid-cols-1 gap-4" noValidate onSubmit={send}>
      <h2 className="font-semibold text-lg" id="extension-auto">
        PIM’s own approver
      </h2>
      <div>
        <label className="flex items-start gap-1.5 text-sm">
          <input
            aria-describedby="auto-hint"
            checked={value.autoApproves}
            className="check shrink-0"
            onChange={(event) => type({ autoApproves: event.target.checked })}
            type="checkbox"
          />
          <span className="pt-0.5 font-[550]">Leave PIM’s approver out where a rule asks nobody</span>
        </label>
        <p className="text-faint text-xs" id="auto-hint">
          Where a rule of Stint’s approves by itself, PIM is told so in a way that skips its own approver
          (AutoApproved). Never for critical roles. Off, PIM’s approver is asked as before.
        </p>
      </div>
      <SaveBar form={form} saved={saved} />
    </form>
  );
}
