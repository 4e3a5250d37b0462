'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import type { No } from '#components/requests/use-action.ts';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { credentialName, type TicketSystem, ticketKindFacts } from '#lib/domain/ticket-system.ts';
import { factsOf, type TicketForm } from './ticket-form.ts';
import { TicketRuleFields } from './ticket-rule-fields.tsx';
import { TicketTemplateFields } from './ticket-template-fields.tsx';
import { TicketText } from './ticket-text.tsx';

export type SaveSystem = (system: {
  id: string | null;
  version: number;
  facts: Omit<TicketSystem, 'id'>;
}) => Promise<Outcome<{ id: string }>>;

interface Props {
  id: string | null;
  version: number;
  begin: TicketForm;
  save: SaveSystem;
}

/** Everything about one ticket system. What was typed stays until it is kept. */
export function TicketSystemForm({ id, version, begin, save }: Props) {
  const [form, setForm] = useState(begin);
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  const [no, setNo] = useState<No | null>(null);
  const [kept, setKept] = useState(false);
  // What the form was opened on: a page read again behind it must not let it write over what it does not show.
  const [base, setBase] = useState(version);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const known = ticketKindFacts[form.kind];

  const type = (change: Partial<TicketForm>) => {
    setForm((now) => ({ ...now, ...change }));
    setErrors({});
    setKept(false);
  };
  const text = (name: 'name' | 'baseUrl' | 'project' | 'patterns' | 'closedStates') => ({
    id: name,
    error: errors[name],
    value: form[name],
    onValue: (value: string) => type({ [name]: value }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setNo(null);
    startTransition(async () => {
      const answer = await withStepUp(() => save({ id, version: base, facts: factsOf(form) })).catch(
        () => null,
      );
      if (answer?.ok) {
        setKept(true);
        setBase(base + 1);
        if (id) return router.refresh();
        return router.push(`/settings/tickets/${answer.value.id}`);
      }
      if (!answer?.field) return setNo(answer ?? 'silence');
      setErrors({ [answer.field]: answer.message });
      document.getElementById(`ticket-${answer.field}`)?.focus();
    });
  };

  return (
    <form className="grid max-w-2xl grid-cols-1 gap-5" noValidate onSubmit={send}>
      <TicketText {...text('name')} hint="What people see when it answers, or does not." label="Name" />
      {known.address !== '' && (
        <>
          <TicketText
            {...text('baseUrl')}
            hint={`Such as ${known.address}. https; an address inside your own network has to be named in STINT_TICKET_HOSTS.`}
            label="Address"
            placeholder={known.address}
          />
          <Credential name={form.name} />
        </>
      )}
      {known.project && (
        <TicketText
          {...text('project')}
          hint={`As ${known.project}.`}
          label="Project"
          placeholder={known.project}
        />
      )}
      <TicketText
        {...text('patterns')}
        hint="Which numbers are its: {n} is a number, {any} anything without spaces. Several with spaces between, such as INC{n} CHG{n}."
        label="Numbers"
      />
      {form.kind === 'http' && (
        <TicketTemplateFields
          errors={errors}
          onTemplate={(template) => type({ template })}
          template={form.template}
        />
      )}
      {known.namesStates && (
        <TicketText
          {...text('closedStates')}
          hint="States that count as closed, with commas between. Their names differ from system to system."
          label="Closed states"
        />
      )}
      <TicketRuleFields kind={form.kind} onRules={(rules) => type({ rules })} rules={form.rules} />
      <div className="grid gap-2.5 border-line border-t pt-4">
        <NoNote no={no} />
        <div className="flex flex-wrap items-center gap-3">
          <button aria-disabled={pending} className="btn btn-go" type="submit">
            {id ? 'Save' : 'Add'}
          </button>
          <span className="text-faint text-xs" role="status">
            {pending ? 'Sending…' : kept ? 'Saved.' : ''}
          </span>
        </div>
      </div>
    </form>
  );
}

/** Where the credential comes from: never from this form. */
function Credential({ name }: { name: string }) {
  const variable = `STINT_TICKET_${credentialName(name) || 'NAME'}`;
  return (
    <p className="max-w-prose text-soft text-sm">
      Its credential is in the environment of the portal and the worker: <code>{variable}_TOKEN</code>, or{' '}
      <code>{variable}_TOKEN_FILE</code>, and <code>{variable}_USER</code> where it has a user name. It is
      sent only to hosts named in <code>STINT_TICKET_HOSTS</code>.
    </p>
  );
}
