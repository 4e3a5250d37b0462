import Link from 'next/link';
import { refusalSentences } from '#lib/domain/refusal.ts';

export default function NotFound() {
  return (
    <>
      <h1 className="mb-2">Not found</h1>
      <p className="text-soft">
        {refusalSentences.not_found} Your own requests are under{' '}
        <Link className="link" href="/requests" prefetch={false}>
          Requests
        </Link>
        .
      </p>
    </>
  );
}
