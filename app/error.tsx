'use client';

import { Bare } from '#components/shell/bare.tsx';
import { GoneWrong } from '#components/shell/gone-wrong.tsx';

export default function RootError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <Bare title="Something went wrong">
      <GoneWrong again={reset} digest={error.digest} />
    </Bare>
  );
}
