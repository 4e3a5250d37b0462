import { Notice } from '#components/ui/notice.tsx';
import type { Plane } from '#lib/domain/plane.ts';

/** Planes that could not be read, and what that means for the page. */
export function ReadingFailures({ failures }: { failures: { plane: Plane; failure: string }[] }) {
  if (failures.length === 0) return null;
  return (
    <div className="mb-5">
      <Notice>
        {failures.map(({ plane, failure }) => (
          <p key={plane}>{failure}</p>
        ))}
        <p>What you see of {failures.length === 1 ? 'it' : 'them'} is as old as the last good reading.</p>
      </Notice>
    </div>
  );
}
