import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { askOnCall, changeOnCall, turnOnCall } from '#app/(portal)/windows/actions.ts';
import { WindowCard } from '#components/on-call/window-card.tsx';
import { WindowForm } from '#components/on-call/window-form.tsx';
import { Section } from '#components/ui/section.tsx';
import { myWindow } from '#lib/queries/my-windows.ts';

export const metadata: Metadata = { title: 'On-call window' };

/** One window with all of its times, and the form that changes it. */
export default async function WindowPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const viewer = await viewerAt(`/windows/${encodeURIComponent(id)}`);
  const found = await myWindow(viewer, id);
  if (!found) return notHere(viewer, 'GET /windows/[id]', id.slice(0, 100));
  const { now, window } = found;
  return (
    <>
      <p className="mb-1 text-faint text-xs">
        <Link className="link inline-flex min-h-6 items-center" href="/windows" prefetch={false}>
          On-call windows
        </Link>
      </p>
      <h1 className="mb-5">On-call window</h1>
      <div className="mb-7">
        <WindowCard ask={askOnCall} now={now} turn={turnOnCall} window={window} />
      </div>
      {window.status !== 'ended' && (
        <Section title="Change it">
          <WindowForm change={changeOnCall} key={window.version} now={now} window={window} />
        </Section>
      )}
    </>
  );
}
