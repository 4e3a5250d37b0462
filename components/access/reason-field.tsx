import type { SyntheticEvent } from 'react';
import { Field } from '#components/ui/field.tsx';
import { longestJustification } from '#lib/domain/policy.ts';
import { askers } from './chosen-policy.ts';
import { RecentReasons } from './recent-reasons.tsx';
import type { Activation } from './use-activation.ts';

/** Why, once for all chosen roles, where any of them asks. Ctrl or ⌘ with Enter sends. */
export function ReasonField({
  activation,
  onSend,
}: {
  activation: Activation;
  onSend: (event: SyntheticEvent) => void;
}) {
  const { chosen, policy, form, refusals, type } = activation;
  if (!policy.justification) return null;
  return (
    <>
      <Field
        error={refusals.fields.justification}
        hint={askers(chosen, 'justification')}
        id="ask-justification"
        label="Justification"
      >
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            maxLength={longestJustification}
            onChange={(event) => type('justification', event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && onSend(event)}
            placeholder="What will you do?"
            rows={2}
            value={form.justification}
          />
        )}
      </Field>
      <RecentReasons activation={activation} />
    </>
  );
}
