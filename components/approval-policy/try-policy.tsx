import { type FormEvent, useState, useTransition } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import type { No } from '#components/requests/use-action.ts';
import { Field } from '#components/ui/field.tsx';
import type { ApprovalPolicy, Named } from '#lib/domain/approval-policy.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { momentOfField } from '#lib/domain/wall-time.ts';
import type { TrialAnswer, TrialRole } from '#lib/queries/approval-policy-rows.ts';
import { KnownSearch } from './known-search.tsx';
import { LengthField } from './length-field.tsx';
import { TrialResult } from './trial-result.tsx';
import type { PolicyVerbs } from './verbs.ts';

interface Props {
  /** What is not saved yet; null: the policy in force. */
  policy: ApprovalPolicy | null;
  verbs: Pick<PolicyVerbs, 'find' | 'findEligible' | 'tryIt'>;
}

/** Shows what would happen if somebody asked for a role, and why. */
export function TryPolicy({ policy, verbs }: Props) {
  const [person, setPerson] = useState<Named | null>(null);
  const [roles, setRoles] = useState<TrialRole[]>([]);
  const [key, setKey] = useState('');
  const [minutes, setMinutes] = useState<number | null>(60);
  const [start, setStart] = useState('');
  const [ticketNumber, setTicket] = useState('');
  const [no, setNo] = useState<No | null>(null);
  const [answer, setAnswer] = useState<TrialAnswer | null>(null);
  const [pending, startTransition] = useTransition();
  const role = roles.find((one) => roleKey(one) === key);
  const choose = ({ id, name }: Named) => {
    setPerson({ id, name });
    setRoles([]);
    setAnswer(null);
    startTransition(async () => {
      const found = await verbs.findEligible({ personId: id }).catch(() => null);
      if (!found?.ok) return setNo(found ?? 'silence');
      setRoles(found.value);
      setKey(found.value[0] ? roleKey(found.value[0]) : '');
    });
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending || !person || !role || !minutes) return;
    setNo(null);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const startsAt = start ? (momentOfField(start, zone)?.toISOString() ?? null) : null;
    startTransition(async () => {
      const asked = { personId: person.id, role, minutes, startsAt, ticketNumber };
      const told = await verbs
        .tryIt({ ...asked, policy: policy && JSON.stringify(policy) })
        .catch(() => null);
      setAnswer(told?.ok ? told.value : null);
      if (!told?.ok) setNo(told ?? 'silence');
    });
  };
  return (
    <form className="grid max-w-2xl grid-cols-1 gap-3" noValidate onSubmit={send}>
      <KnownSearch
        find={verbs.find}
        hint={person ? `chosen: ${person.name}` : 'a part of their name, or their user principal name'}
        id="try-person"
        kind="person"
        label="Person"
        onAdd={choose}
        verb="Choose"
      />
      {person && !pending && roles.length === 0 && (
        <p className="text-soft text-sm">{person.name} is eligible for nothing that Stint knows of.</p>
      )}
      {person && roles.length > 0 && (
        <>
          <Field id="try-role" label={`A role ${person.name} is eligible for`}>
            {(aria) => (
              <select
                {...aria}
                className="input"
                onChange={(event) => setKey(event.target.value)}
                value={key}
              >
                {roles.map((one) => (
                  <option key={roleKey(one)} value={roleKey(one)}>
                    {one.roleName}, {one.scopeName}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <div className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-3">
            <LengthField id="try-length" label="Length" minutes={minutes} onMinutes={setMinutes} />
            <Field hint="empty: now" id="try-start" label="Start">
              {(aria) => (
                <input
                  {...aria}
                  className="input min-w-0"
                  onChange={(event) => setStart(event.target.value)}
                  type="datetime-local"
                  value={start}
                />
              )}
            </Field>
            <Field hint="empty: none" id="try-ticket" label="Ticket">
              {(aria) => (
                <input
                  {...aria}
                  autoComplete="off"
                  className="input min-w-0"
                  maxLength={100}
                  onChange={(event) => setTicket(event.target.value)}
                  value={ticketNumber}
                />
              )}
            </Field>
          </div>
          <p>
            <button aria-disabled={pending} className="btn" type="submit">
              Try it
            </button>
          </p>
        </>
      )}
      <NoNote no={no} />
      <div role="status">{answer && <TrialResult answer={answer} />}</div>
    </form>
  );
}
