'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import type { No } from '#components/requests/use-action.ts';
import { Chip } from '#components/ui/chip.tsx';
import { Field } from '#components/ui/field.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { TicketPreview } from '#lib/domain/ticket.ts';

export type TryTicket = (trial: { systemId: string; number: string }) => Promise<Outcome<TicketPreview>>;

interface Props {
  systemId: string;
  example: string;
  tryIt: TryTicket;
}

/** Asks the system about one number, to see whether it is set up right. Nothing is filed. */
export function TryTicket({ systemId, example, tryIt }: Props) {
  const [number, setNumber] = useState('');
  const [error, setError] = useState<string>();
  const [no, setNo] = useState<No | null>(null);
  const [found, setFound] = useState<TicketPreview | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending || number.trim() === '') return;
    setNo(null);
    setError(undefined);
    setFound(null);
    startTransition(async () => {
      const answer = await tryIt({ systemId, number }).catch(() => null);
      if (answer?.ok) setFound(answer.value);
      else if (answer?.field) setError(answer.message);
      else setNo(answer ?? 'silence');
      // What went wrong is on the page's list by now.
      router.refresh();
    });
  };
  return (
    <form className="grid gap-2" noValidate onSubmit={send}>
      <Field
        error={error}
        hint="Asks the system as you saved it, and files nothing. Rules are judged as if you asked."
        id="try-number"
        label="Number"
      >
        {(aria) => (
          <div className="flex flex-wrap gap-2">
            <input
              {...aria}
              autoComplete="off"
              className="input min-w-0 grow basis-40"
              maxLength={100}
              onChange={(event) => setNumber(event.target.value)}
              placeholder={example}
              value={number}
            />
            <button aria-disabled={pending} className="btn" type="submit">
              Try it
            </button>
          </div>
        )}
      </Field>
      <div className="text-sm" role="status">
        {pending && <span className="text-faint">Asking…</span>}
        {found && <Found found={found} />}
      </div>
      <NoNote no={no} />
    </form>
  );
}

function Found({ found }: { found: TicketPreview }) {
  const { key, title, state, refusal, unreachable, system } = found;
  if (unreachable) {
    return (
      <p className="text-warn">
        {system} could not be asked: {unreachable}
      </p>
    );
  }
  return (
    <div className="grid gap-1">
      {(title || state) && (
        <p>
          <span className="font-[550]">{key}</span> <bdi>{title}</bdi> {state && <Chip>{state}</Chip>}
        </p>
      )}
      {refusal ? (
        <p className="text-warn">A request with it would be refused: {refusal}</p>
      ) : (
        <p className="text-soft">A request with it would be taken.</p>
      )}
    </div>
  );
}
