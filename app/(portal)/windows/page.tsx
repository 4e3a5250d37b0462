import type { Metadata } from 'next';
import Link from 'next/link';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { Live } from '#components/live/live.tsx';
import { WindowCard } from '#components/on-call/window-card.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { myWindows } from '#lib/queries/my-windows.ts';
import { askOnCall, turnOnCall } from './actions.ts';

export const metadata: Metadata = { title: 'On-call windows' };

export default async function WindowsPage() {
  const viewer = await viewerAt('/windows');
  const { now, rows } = await myWindows(viewer);
  return (
    <>
      <h1 className="mb-2">On-call windows</h1>
      <p className="mb-5 max-w-prose text-soft">
        Access you need week by week. Stint files the next window with PIM while you are here, since PIM takes
        it from nobody else; when one begins that was not filed, Access reminds you, and one click turns it
        on. Your rights are checked each time.
      </p>
      {rows.length === 0 && (
        <Empty title="No windows are planned">
          <p>
            Under{' '}
            <Link className="link" href="/" prefetch={false}>
              Access
            </Link>
            , tick the roles you need on duty, say why, and choose “Repeat weekly…”.
          </p>
        </Empty>
      )}
      <div className="grid grid-cols-1 gap-4">
        {rows.map((window) => (
          <WindowCard ask={askOnCall} key={window.id} now={now} turn={turnOnCall} window={window} />
        ))}
      </div>
      <Live facts={[]} on={rows.some(({ status }) => status === 'running')} />
    </>
  );
}
