import Link from 'next/link';

/** What an end does not end. Continuous access evaluation knows nothing of roles taken away. */
export function StaysValid({ own = true }: { own?: boolean }) {
  return (
    <p className="text-faint text-xs">
      Tokens that programs already hold may go on working: usually up to an hour, in sessions with continuous
      access evaluation up to 28 hours. Losing a role does not end them.{' '}
      {own && (
        <Link className="link" href="/sessions#everywhere" prefetch={false}>
          Revoke my sessions
        </Link>
      )}
    </p>
  );
}
