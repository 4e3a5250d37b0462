'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

const places = [
  { href: '/posture', name: 'Overview' },
  { href: '/posture/findings', name: 'Findings' },
  { href: '/posture/inventory', name: 'Inventory' },
  { href: '/posture/outside-roles', name: 'Outside roles' },
  { href: '/posture/roles', name: 'Roles' },
  { href: '/posture/use', name: 'Use' },
];

/** The pages of posture, beside each other. */
export function PostureNav() {
  const here = usePathname();
  const isHere = (href: string) => (href === '/posture' ? here === href : here.startsWith(href));
  return (
    <nav aria-label="Posture" className="mb-5 flex flex-wrap gap-x-4 gap-y-1 border-line border-b text-sm">
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
