import { Notice } from '#components/ui/notice.tsx';
import { type Plane, planeNames } from '#lib/domain/plane.ts';

/** Planes that could not be read, and what that means for the page. */
export function ReadingFailures({ failures }: { failures: { plane: Plane; failure: string }[] }) {
  if (failures.length === 0) return null;
  return (
    <div className="mb-5 grid gap-2">
      {failures.map(({ plane, failure }) => (
        <Notice key={plane}>
          {planeNames[plane]} could not be read: {failure} What you see of it is as old as the last good
          reading.
        </Notice>
      ))}
    </div>
  );
}
