'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { EndpointRow } from '#lib/queries/delivery-rows.ts';
import { SecretOnce } from './secret-once.tsx';

interface Props {
  endpoint: EndpointRow;
  rotate: (what: { endpointId: string; version: number }) => Promise<Outcome<{ secret: string }>>;
}

/** What signs the events of an endpoint, and a new one in its place. */
export function EndpointSecret({ endpoint, rotate }: Props) {
  const [secret, setSecret] = useState<string | null>(null);
  const router = useRouter();
  const { no, pending, press } = useAction(async () => {
    const answer = await rotate({ endpointId: endpoint.id, version: endpoint.version });
    if (!answer.ok) return answer;
    setSecret(answer.value.secret);
    return { ok: true, value: null };
  });
  return (
    <Section title="Its secret">
      {secret ? (
        <SecretOnce
          done="I have it"
          onDone={() => {
            setSecret(null);
            router.refresh();
          }}
          secret={secret}
        />
      ) : (
        <div className="panel grid gap-2 px-3.5 py-3 text-sm">
          <p className="text-soft">
            Every event is signed with it. A new one is shown once; the one before signs too for a day, so
            that nothing is lost while the other program takes it.
          </p>
          {endpoint.bothUntil && (
            <p>
              Two hold until <When at={endpoint.bothUntil} />.
            </p>
          )}
          <button
            aria-disabled={pending}
            className="btn btn-small justify-self-start"
            onClick={press}
            type="button"
          >
            Make a new secret
          </button>
          <NoNote no={no} />
        </div>
      )}
    </Section>
  );
}
