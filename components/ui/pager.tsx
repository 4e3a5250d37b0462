import Link from 'next/link';

/** Keyset pages have no numbers: only newer and older. Hrefs; null where there is no page. */
export function Pager({ newer, older }: { newer: string | null; older: string | null }) {
  if (!newer && !older) return null;
  return (
    <nav aria-label="Pages" className="mt-3 flex gap-2">
      {newer && (
        <Link className="btn btn-small" href={newer} prefetch={false} rel="prev">
          Newer
        </Link>
      )}
      {older && (
        <Link className="btn btn-small" href={older} prefetch={false} rel="next">
          Older
        </Link>
      )}
    </nav>
  );
}
