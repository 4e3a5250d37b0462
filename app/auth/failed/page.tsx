import type { Metadata } from 'next';
import { ownPath, signInPath } from '#lib/auth/return-to.ts';
import { type SignInFailureReason, signInFailures } from '#lib/auth/sign-in-failure.ts';

export const metadata: Metadata = { title: 'Sign-in did not work' };

type Query = Record<string, string | string[] | undefined>;

/** Where a failed sign-in ends: why, and the way on. */
export default async function FailedSignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { reason, returnTo } = await searchParams;
  return (
    <main className="mx-auto max-w-md px-6 py-24">
      <h1 className="font-semibold text-xl">Sign-in did not work</h1>
      <p className="mt-3">{signInFailures[known(reason) ? reason : 'lapsed']}</p>
      <p className="mt-6">
        <a href={signInPath(ownPath(returnTo))}>Try again</a>
      </p>
    </main>
  );
}

function known(reason: unknown): reason is SignInFailureReason {
  return typeof reason === 'string' && Object.hasOwn(signInFailures, reason);
}
