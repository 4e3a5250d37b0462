'use client';

import { Notice } from '#components/ui/notice.tsx';
import type { RefusalCode } from '#lib/domain/refusal.ts';

const signInHelps: readonly RefusalCode[] = ['not_signed_in', 'sign_in_again', 'mfa_needed'];

/** A no from the server in its own words, and the way to sign in where that is what helps. Client only. */
export function RefusalNote({ code, message }: { code: RefusalCode; message: string }) {
  const here = typeof location === 'undefined' ? '/' : `${location.pathname}${location.search}`;
  return (
    <Notice alert>
      {message}
      {signInHelps.includes(code) && (
        <>
          {' '}
          <a href={`/auth/sign-in?returnTo=${encodeURIComponent(here)}`}>Sign in</a>
        </>
      )}
    </Notice>
  );
}
