import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Bare } from '#components/shell/bare.tsx';
import { SignedOutWord } from '#components/signed-in/signed-out-word.tsx';

export const metadata: Metadata = { title: 'Signed out' };

/** Where people land after signing out. */
export default async function SignedOutPage() {
  await connection();
  return (
    <Bare title="You are signed out">
      <SignedOutWord />
      <p>Your session here has ended. Access that is active in Azure stays active until its time is up.</p>
      <p>
        {/* A plain link: following it in the background would begin a sign-in nobody asked for. */}
        <a className="btn" href="/auth/sign-in">
          Sign in again
        </a>
      </p>
    </Bare>
  );
}
