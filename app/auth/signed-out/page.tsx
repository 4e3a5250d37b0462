import type { Metadata } from 'next';
import { connection } from 'next/server';

export const metadata: Metadata = { title: 'Signed out' };

/** Where people land after signing out. */
export default async function SignedOutPage() {
  await connection();
  return (
    <main className="mx-auto max-w-md px-6 py-24">
      <h1 className="font-semibold text-xl">You are signed out</h1>
      <p className="mt-3">
        Your session here has ended. Access that is active in Azure stays active until its time is up.
      </p>
      <p className="mt-6">
        {/* A plain link: following it in the background would begin a sign-in nobody asked for. */}
        <a href="/auth/sign-in">Sign in again</a>
      </p>
    </main>
  );
}
