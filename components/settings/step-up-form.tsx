'use client';

import type { FormEvent } from 'react';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { OneOf } from '#components/ui/one-of.tsx';
import { asksAnything } from '#lib/domain/proof.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { Saved } from '#lib/queries/settings-rows.ts';
import { SaveBar } from './save-bar.tsx';
import { useSaved } from './use-saved.ts';

type Rules = Settings['step_up'];

interface Props {
  saved: Saved<'step_up'>;
  save: (input: { value: Rules; version: number }) => Promise<Outcome<null>>;
  /** A registration to ask by is configured. */
  isSetUp: boolean;
}

const reaches = [
  { value: 'never', name: 'Never', what: 'what PIM asks is enough' },
  {
    value: 'critical',
    name: 'For privileged roles',
    what: 'those marked “privileged”, groups, and any not read yet',
  },
  { value: 'always', name: 'Always', what: 'whatever the role' },
] as const;

/** When Stint itself asks for a fresh sign-in, and how strong and how fresh it has to be. */
export function StepUpForm({ saved, save, isSetUp }: Props) {
  const form = useSaved(saved, save);
  const { value, type, no, press, isTyped } = form;
  const errorOf = (field: string) => (no && no !== 'silence' && no.field === field ? no.message : undefined);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isTyped) press();
  };
  return (
    <form aria-labelledby="settings-step-up" className="grid grid-cols-1 gap-5" noValidate onSubmit={send}>
      <div>
        <h2 className="font-semibold text-lg" id="settings-step-up">
          Fresh sign-in
        </h2>
        <p className="mt-1 text-soft">
          A session lasts a working day; a device left unlocked, or a cookie taken, lasts as long. Before what
          matters Stint can ask the person to sign in once more, in a window of Microsoft’s, and it takes each
          such sign-in once, for the one thing it was asked for. This comes beside what PIM asks by itself.
        </p>
      </div>
      {!isSetUp && (
        <Notice>
          {asksAnything(saved.value)
            ? 'What is saved below asks for a fresh sign-in, and nobody is asked for one'
            : 'Nothing can be asked yet'}
          : set STINT_STEP_UP_CLIENT_ID to the client id of the step-up registration. See the README, “Connect
          a real tenant”.
        </Notice>
      )}
      <OneOf
        legend="Before activating"
        onValue={(activations) => type({ activations })}
        options={reaches}
        value={value.activations}
      />
      <OneOf
        legend="Before approving or denying"
        onValue={(decisions) => type({ decisions })}
        options={reaches}
        value={value.decisions}
      />
      <div>
        <label className="flex items-start gap-1.5 text-sm">
          <input
            aria-describedby="administration-hint"
            checked={value.administration}
            className="check shrink-0"
            onChange={(event) => type({ administration: event.target.checked })}
            type="checkbox"
          />
          <span className="pt-0.5 font-[550]">Before administration</span>
        </label>
        <p className="text-faint text-xs" id="administration-hint">
          What only administrators do: these settings, ticket systems, shared bundles, the Applier, held
          changes, closing a review early, findings, failed jobs, other people’s sessions. You pass it
          yourself when you switch it on, so that nobody is locked out.
        </p>
      </div>
      <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
        <Field
          error={errorOf('context')}
          hint="Such as c1: an authentication context of Entra with a Conditional Access policy behind it. Without a policy Entra calls it met by anybody. Empty: any sign-in at the keyboard."
          id="step-up-context"
          label="Authentication context"
        >
          {(aria) => (
            <input
              {...aria}
              autoComplete="off"
              className="input"
              maxLength={3}
              onChange={(event) => type({ context: event.target.value.trim().toLowerCase() || null })}
              value={value.context ?? ''}
            />
          )}
        </Field>
        <Field
          error={errorOf('freshMinutes')}
          hint="How old the sign-in may be when it is used, 1 to 60."
          id="step-up-fresh"
          label="Fresh for (minutes)"
        >
          {(aria) => (
            <input
              {...aria}
              className="input"
              max={60}
              min={1}
              onChange={(event) => type({ freshMinutes: event.target.valueAsNumber || 0 })}
              type="number"
              value={value.freshMinutes || ''}
            />
          )}
        </Field>
      </div>
      <SaveBar form={form} saved={saved} />
    </form>
  );
}
