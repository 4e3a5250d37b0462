import Link from 'next/link';

/** To the next page of a list, and back to its beginning. Opaque cursors; null where there is no page. */
export function MoreLink({ path, more, isFirst }: { path: string; more: string | null; isFirst: boolean }) {
  if (!more && isFirst) return null;
  return (
    <nav aria-label="Pages" className="mt-3 flex gap-2">
      {!isFirst && (
        <Link className="btn btn-small" href={path} prefetch={false}>
          From the beginning
        </Link>
      )}
      {more && (
        <Link className="btn btn-small" href={`${path}?after=${more}`} prefetch={false} rel="next">
          More
        </Link>
      )}
    </nav>
  );
}
