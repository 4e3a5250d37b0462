import type { Metadata } from 'next';
import { Bare } from '#components/shell/bare.tsx';
import { ownPath, signInPath } from '#lib/auth/return-to.ts';
import { type SignInFailureReason, signInFailures } from '#lib/auth/sign-in-failure.ts';

export const metadata: Metadata = { title: 'Sign-in did not work' };

type Query = Record<string, string | string[] | undefined>;

/** Where a failed sign-in ends: why, and the way on. */
export default async function FailedSignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { reason, returnTo } = await searchParams;
  return (
    <Bare title="Sign-in did not work">
      <p>{signInFailures[known(reason) ? reason : 'lapsed']}</p>
      <p>
        <a className="btn" href={signInPath(ownPath(returnTo))}>
          Try again
        </a>
      </p>
    </Bare>
  );
}

function known(reason: unknown): reason is SignInFailureReason {
  return typeof reason === 'string' && Object.hasOwn(signInFailures, reason);
}
