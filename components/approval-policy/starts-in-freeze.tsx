import Link from 'next/link';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import type { FrozenStart } from '#lib/domain/frozen-start.ts';

/** What was scheduled before a freeze was written, and begins while it lasts. */
export function StartsInFreeze({ starts }: { starts: readonly FrozenStart[] }) {
  if (starts.length === 0) return null;
  return (
    <Section aside="granted before the freeze was written" title="Begins in a freeze all the same">
      <p className="mb-2 max-w-prose text-sm text-soft">
        A freeze refuses asks. What Azure has scheduled already it starts by itself: who asked for it can
        cancel it on its page before then.
      </p>
      <ul aria-label="Begins in a freeze" className="panel divide-y divide-line px-3.5 text-sm">
        {starts.map(({ requestId, requesterName, roleName, scopeName, startsAt, freezeName }) => (
          <li className="grid gap-x-6 gap-y-1 py-2.5 sm:grid-cols-2" key={requestId}>
            <div className="min-w-0">
              <Link
                className="link inline-flex min-h-6 items-center"
                href={`/requests/${requestId}`}
                prefetch={false}
              >
                {roleName}, {scopeName}
              </Link>
              <p className="text-soft">{requesterName}</p>
            </div>
            <p className="text-soft">
              <When at={startsAt} />, in “{freezeName}”
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
