'use client';

import { Bare } from '#components/shell/bare.tsx';
import { GoneWrong } from '#components/shell/gone-wrong.tsx';
import './globals.css';

export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Stint</title>
        <Bare title="Something went wrong">
          <GoneWrong again={reset} digest={error.digest} />
        </Bare>
      </body>
    </html>
  );
}
