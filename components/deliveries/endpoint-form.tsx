'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import type { No } from '#components/requests/use-action.ts';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import { Field } from '#components/ui/field.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { webhookEventNames, webhookEvents } from '#lib/domain/webhook-event.ts';
import type { EndpointRow } from '#lib/queries/delivery-rows.ts';
import { SecretOnce } from './secret-once.tsx';

type Facts = Pick<EndpointRow, 'name' | 'url' | 'events' | 'sendsReasons'>;
interface Props {
  endpoint: EndpointRow | null;
  save: (endpoint: {
    id: string | null;
    version: number;
    facts: Facts;
  }) => Promise<Outcome<{ id: string; secret: string | null }>>;
}

const usual = [
  'request.awaiting_signatures',
  'request.approved',
  'request.denied',
  'request.activated',
  'request.ended',
];

/** What an endpoint is called, where it is, and what it hears. A new one answers with its secret. */
export function EndpointForm({ endpoint, save }: Props) {
  const [form, setForm] = useState<Facts>(
    endpoint
      ? (({ name, url, events, sendsReasons }) => ({ name, url, events, sendsReasons }))(endpoint)
      : { name: '', url: '', events: usual, sendsReasons: false },
  );
  const [no, setNo] = useState<No | null>(null);
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const [kept, setKept] = useState(false);
  const [base, setBase] = useState(endpoint?.version ?? 0);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const error = (field: string) => (no && no !== 'silence' && no.field === field ? no.message : undefined);
  const type = (change: Partial<Facts>) => {
    setForm((now) => ({ ...now, ...change }));
    setKept(false);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setNo(null);
    startTransition(async () => {
      const ask = { id: endpoint?.id ?? null, version: base, facts: form };
      const answer = await withStepUp(() => save(ask)).catch(() => null);
      if (!answer?.ok) return setNo(answer ?? 'silence');
      const { id, secret } = answer.value;
      if (secret) return setMade({ id, secret });
      setKept(true);
      setBase(base + 1);
      router.refresh();
    });
  };
  if (made) {
    return (
      <SecretOnce
        done="On to the endpoint"
        onDone={() => router.push(`/settings/webhooks/${made.id}`)}
        secret={made.secret}
      />
    );
  }
  return (
    <form className="grid max-w-2xl grid-cols-1 gap-5" noValidate onSubmit={send}>
      <Field error={error('name')} hint="What you call it." id="endpoint-name" label="Name">
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            maxLength={60}
            onChange={(event) => type({ name: event.target.value })}
            value={form.name}
          />
        )}
      </Field>
      <Field
        error={error('url')}
        hint="https, and reachable from outside; a host inside your own network has to be named in STINT_WEBHOOK_HOSTS."
        id="endpoint-url"
        label="Address"
      >
        {(aria) => (
          <input
            {...aria}
            autoComplete="off"
            className="input"
            inputMode="url"
            maxLength={500}
            onChange={(event) => type({ url: event.target.value })}
            placeholder="https://hooks.example.com/stint"
            spellCheck={false}
            value={form.url}
          />
        )}
      </Field>
      <fieldset aria-describedby={error('events') ? 'endpoint-events-error' : undefined}>
        <legend className="font-[550] text-sm">What it hears</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {webhookEventNames.map((name) => (
            <label className="flex items-start gap-1.5 py-1 text-sm" key={name}>
              <input
                checked={form.events.includes(name)}
                className="check shrink-0"
                onChange={(event) =>
                  type({
                    events: webhookEventNames.filter((one) =>
                      one === name ? event.target.checked : form.events.includes(one),
                    ),
                  })
                }
                type="checkbox"
              />
              <span className="min-w-0 pt-0.5">
                {webhookEvents[name]} <code className="block break-all text-faint text-xs">{name}</code>
              </span>
            </label>
          ))}
        </div>
        {error('events') && (
          <p className="text-sm text-warn" id="endpoint-events-error">
            {error('events')}
          </p>
        )}
      </fieldset>
      <label className="flex items-start gap-1.5 text-sm">
        <input
          checked={form.sendsReasons}
          className="check shrink-0"
          onChange={(event) => type({ sendsReasons: event.target.checked })}
          type="checkbox"
        />
        <span className="pt-0.5">
          With what people wrote as their reason{' '}
          <span className="text-faint text-xs">it may say more than the other program should know</span>
        </span>
      </label>
      <div className="grid gap-2.5 border-line border-t pt-4">
        <NoNote no={no} />
        <div className="flex flex-wrap items-center gap-3">
          <button aria-disabled={pending} className="btn btn-go" type="submit">
            {endpoint ? 'Save' : 'Add'}
          </button>
          <span className="text-faint text-xs" role="status">
            {pending ? 'Sending…' : kept ? 'Saved.' : ''}
          </span>
        </div>
      </div>
    </form>
  );
}
