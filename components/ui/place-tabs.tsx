'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';

interface Props {
  label: string;
  places: readonly { href: string; name: string }[];
}

/** Pages beside each other. The first is the overview: it alone is not also where its children are. */
export function PlaceTabs({ label, places }: Props) {
  const here = usePathname();
  const [overview] = places;
  const isHere = (href: string) => (href === overview?.href ? here === href : here.startsWith(href));
  return (
    <nav aria-label={label} className="mb-5 flex flex-wrap gap-x-4 gap-y-1 border-line border-b text-sm">
      {places.map(({ href, name }) => (
        <Link
          aria-current={isHere(href) ? 'page' : undefined}
          className="-mb-px border-transparent border-b-2 py-2 text-soft no-underline hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
          href={href}
          key={href}
          prefetch={false}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
