'use client';

import { type FormEvent, useState } from 'react';
import { SaveBar } from '#components/settings/save-bar.tsx';
import { TicketCheckbox as CheckLine } from '#components/settings/ticket-checkbox.tsx';
import { useSaved } from '#components/settings/use-saved.ts';
import { Field } from '#components/ui/field.tsx';
import { Section } from '#components/ui/section.tsx';
import { approvalPolicyFaults } from '#lib/domain/approval-policy-faults.ts';
import { policyChanges } from '#lib/domain/policy-changes.ts';
import type { PolicyNow } from '#lib/queries/approval-policy-rows.ts';
import { FreezesPart } from './freezes-part.tsx';
import { PolicyJson } from './policy-json.tsx';
import { RulesPart } from './rules-part.tsx';
import { TryPolicy } from './try-policy.tsx';
import type { PolicyVerbs } from './verbs.ts';

interface Props {
  now: PolicyNow;
  verbs: PolicyVerbs;
}

/** The approval policy: read, changed, tried, and saved as a new version with a note. */
export function PolicyEditor({ now, verbs }: Props) {
  const [note, setNote] = useState('');
  const [wantsNote, setWantsNote] = useState(false);
  const form = useSaved({ ...now, value: now.policy }, async ({ value, version }) => {
    const answer = await verbs.save({ document: JSON.stringify(value), note, version });
    if (answer.ok) setNote('');
    return answer;
  });
  const { value: policy, type, isTyped, press } = form;
  const faults = approvalPolicyFaults(policy);
  const changes = isTyped ? policyChanges(now.policy, policy) : [];
  const send = (event: FormEvent) => {
    event.preventDefault();
    setWantsNote(note.trim() === '');
    if (isTyped && faults.length === 0 && note.trim() !== '') press();
  };
  return (
    <>
      <RulesPart
        faults={faults}
        find={verbs.find}
        onRules={(rules) => type({ rules })}
        rules={policy.rules}
      />
      <FreezesPart
        faults={faults}
        find={verbs.find}
        freezes={policy.freezes}
        onFreezes={(freezes) => type({ freezes })}
      />
      <Section title="Past the stages">
        <CheckLine
          checked={policy.endsBypassed}
          label="End access that was activated past the stages of a rule"
          onChecked={(endsBypassed) => type({ endsBypassed })}
          what="in another client, where nothing but this page asks for them. It is told in any case; the Applier ends it where it is switched on."
        />
      </Section>
      <Section title="Save">
        <form className="grid max-w-prose grid-cols-1 gap-3" noValidate onSubmit={send}>
          {changes.length > 0 && (
            <ul aria-label="What would change" className="list-disc space-y-1 pl-5 text-soft text-sm">
              {changes.map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
          )}
          {faults.length > 0 && (
            <ul aria-label="To mend first" className="list-disc space-y-1 pl-5 text-sm text-warn">
              {faults.slice(0, 5).map(({ at, why }) => (
                <li key={`${at} ${why}`}>{`${placeOf(at, policy)}: ${why}`}</li>
              ))}
            </ul>
          )}
          <Field
            error={wantsNote && note.trim() === '' ? 'Say why: whoever reads it later will ask.' : undefined}
            hint="kept with the version, for whoever reads it later"
            id="policy-note"
            label="Why"
          >
            {(aria) => (
              <input
                {...aria}
                autoComplete="off"
                className="input"
                maxLength={500}
                onChange={(event) => setNote(event.target.value)}
                value={note}
              />
            )}
          </Field>
          <SaveBar form={{ ...form, isTyped: isTyped && faults.length === 0 }} saved={now} />
          {isTyped && (
            <p>
              <button className="btn btn-small" onClick={form.giveUp} type="button">
                Undo all of it
              </button>
            </p>
          )}
        </form>
      </Section>
      <Section aside={isTyped ? 'with what is not saved yet' : 'nothing is filed'} title="Try it">
        <TryPolicy policy={isTyped ? policy : null} verbs={verbs} />
      </Section>
      <Section title="As a document">
        <PolicyJson onPolicy={type} policy={policy} read={verbs.read} />
      </Section>
    </>
  );
}

/** `rules.1.when` as the rule’s name. */
function placeOf(at: string, { rules, freezes }: PolicyNow['policy']): string {
  const [list, n = ''] = at.split('.');
  const named = list === 'rules' ? rules[Number(n)] : freezes[Number(n)];
  return named?.name.trim() || 'Without a name';
}
