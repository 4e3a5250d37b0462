import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Bare } from '#components/shell/bare.tsx';
import { Bridge } from '#components/step-up/bridge.tsx';

export const metadata: Metadata = { title: 'Signed in once more' };

/** Where the window of a fresh sign-in ends; registered as a single-page redirect URI. */
export default async function StepUpBridgePage() {
  await connection();
  return (
    <Bare title="You can close this window">
      <p>The page you came from goes on by itself.</p>
      <Bridge />
    </Bare>
  );
}
