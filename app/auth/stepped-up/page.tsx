import type { Metadata } from 'next';
import { connection } from 'next/server';
import { z } from 'zod';
import { Bare } from '#components/shell/bare.tsx';
import { TellOpener } from '#components/step-up/tell-opener.tsx';
import { isStepUpOutcome, stepUpOutcomes } from '#lib/domain/step-up.ts';

export const metadata: Metadata = { title: 'Stronger sign-in' };

type Query = Record<string, string | string[] | undefined>;

/** Where the window of a stronger sign-in ends: it tells the page it came from, closes, and says all of it where it cannot. */
export default async function SteppedUpPage({ searchParams }: { searchParams: Promise<Query> }) {
  await connection();
  const { outcome: told, request } = await searchParams;
  const outcome = isStepUpOutcome(told) ? told : 'lapsed';
  const named = z.guid().safeParse(request);
  return (
    <Bare title={outcome === 'done' ? 'You signed in' : 'The sign-in did not count'}>
      <p>{stepUpOutcomes[outcome]}</p>
      <p>You can close this window and go on where you were.</p>
      <p>
        <a className="btn" href={named.success ? `/requests/${named.data}` : '/requests'}>
          {named.success ? 'See the request' : 'See your requests'}
        </a>
      </p>
      <TellOpener outcome={outcome} requestId={named.success ? named.data : null} />
    </Bare>
  );
}
