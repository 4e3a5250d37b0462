'use client';

import Link, { useLinkStatus } from 'next/link';
import { usePathname } from 'next/navigation';

interface Counts {
  active: number;
  approvals: number;
  reviews: number;
}

const places = [
  { href: '/', name: 'Access' },
  { href: '/requests', name: 'Requests' },
  { href: '/approvals', name: 'Approvals' },
  { href: '/reviews', name: 'Reviews' },
  { href: '/history', name: 'History' },
] as const;
const posture = { href: '/posture', name: 'Posture' } as const;
const operations = { href: '/operations', name: 'Operations' } as const;
const settings = { href: '/settings', name: 'Settings' } as const;
/** On a phone: one row of five, for more two rows. */
const columns = ['grid-cols-[repeat(5,auto)]', 'grid-cols-3', 'grid-cols-4', 'grid-cols-4'];

interface Props {
  counts: Counts;
  /** What only some may see. */
  sees: { posture: boolean; operations: boolean; settings: boolean };
}

/** The places, with more for who may see them. Counts stand beside their link, so that its name stays its name. */
export function NavLinks({ counts, sees }: Props) {
  const path = usePathname();
  const all = [
    ...places,
    ...(sees.posture ? [posture] : []),
    ...(sees.operations ? [operations] : []),
    ...(sees.settings ? [settings] : []),
  ];
  return (
    <ul className={`grid gap-0.5 md:grid-cols-1 ${columns[all.length - places.length]}`}>
      {all.map(({ href, name }) => {
        const here = href === '/' ? path === '/' : path.startsWith(href);
        return (
          <li className="relative" key={href}>
            <Link
              aria-current={here ? 'page' : undefined}
              className="flex min-h-9 items-center justify-center gap-2 rounded-md px-1 text-soft text-sm hover:bg-wash hover:text-ink aria-[current=page]:bg-wash aria-[current=page]:font-[550] aria-[current=page]:text-ink md:justify-start md:px-2 md:text-base"
              href={href}
              prefetch={false}
            >
              {name}
              <Going />
            </Link>
            <Count counts={counts} href={href} />
          </li>
        );
      })}
    </ul>
  );
}

/** Says that the click was heard while the next page is on its way. */
function Going() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return <span aria-hidden="true" className="size-1.5 motion-safe:animate-pulse rounded-full bg-accent" />;
}

function Count({ counts, href }: { counts: Counts; href: string }) {
  const numbers: Record<string, number> = {
    '/': counts.active,
    '/approvals': counts.approvals,
    '/reviews': counts.reviews,
  };
  const number = numbers[href] ?? 0;
  if (number === 0) return null;
  const waiting = href !== '/';
  return (
    <span
      className={`pointer-events-none absolute top-0 right-0 text-[11px] leading-none md:top-2 md:right-2.5 md:text-xs md:leading-[1.4] ${waiting ? 'font-semibold text-accent' : 'text-faint'}`}
    >
      {number}
      <span className="sr-only md:not-sr-only">{waiting ? '' : ' active'}</span>
      <span className="sr-only">{waiting ? ' waiting for you' : ''}</span>
    </span>
  );
}
