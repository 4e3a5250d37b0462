import type { SyntheticEvent } from 'react';
import { Field } from '#components/ui/field.tsx';
import { longestJustification } from '#lib/domain/policy.ts';
import { askers } from './chosen-policy.ts';
import { reasonHint } from './reason-hint.ts';
import { useReasonRules } from './reason-rules.tsx';
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
  const rules = useReasonRules();
  if (!policy.justification) return null;
  const hints = [askers(chosen, 'justification'), reasonHint(form.justification, rules)];
  return (
    <>
      <Field
        error={refusals.fields.justification}
        hint={hints.filter(Boolean).join(' · ') || null}
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
