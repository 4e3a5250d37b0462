import Link from 'next/link';
import type { ReactNode } from 'react';
import { PlaceTabs } from '#components/ui/place-tabs.tsx';

interface Props {
  counts: { mine: number; team: number };
  /** What this list shows, and of whom, for who sees it for the first time. */
  help: string;
  aside?: ReactNode;
}

/** The lists of approvals beside each other, and what the one that is open is about. */
export function ApprovalsHead({ counts, help, aside }: Props) {
  const numbered = (name: string, count: number) => (count > 0 ? `${name} ${count}` : name);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-3">
        <h1>Approvals</h1>
        {aside}
      </div>
      <PlaceTabs
        label="Approvals"
        places={[
          { href: '/approvals', name: numbered('Mine', counts.mine) },
          { href: '/approvals/team', name: numbered('My team’s', counts.team) },
          { href: '/approvals/decided', name: 'Decided' },
          { href: '/approvals/watching', name: 'Watching' },
        ]}
      />
      <p className="mb-4 max-w-prose text-faint text-sm">
        {help} Away for a while?{' '}
        <Link className="link" href="/absence" prefetch={false}>
          Say who signs meanwhile
        </Link>
        .
      </p>
    </>
  );
}
