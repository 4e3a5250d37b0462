'use client';

import { GoneWrong } from '#components/shell/gone-wrong.tsx';

export default function PortalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <div className="max-w-prose text-soft">
      <h1 className="mb-2 text-ink">This page could not be shown</h1>
      <GoneWrong again={reset} digest={error.digest} />
    </div>
  );
}
