'use client';

import { useNow } from '#components/ui/use-now.ts';
import { When } from '#components/ui/when.tsx';
import { isAwake, wallClock } from '#lib/domain/absence.ts';
import type { Signer } from '#lib/queries/talk-rows.ts';

/** Somebody who can sign now: by what, and whether they can be counted on. */
export function SignerLine({ signer, now }: { signer: Signer; now: Date }) {
  const { name, handedToName, availability } = signer;
  return (
    <li className="min-w-0">
      <bdi className="font-[550]">{name}</bdi>{' '}
      <span className="text-faint">
        <By signer={signer} />
      </span>
      <span className="block text-soft text-xs">
        {availability.away ? (
          <>
            away until <When at={availability.away.until} />
            {availability.away.deputyName
              ? `, ${availability.away.deputyName} signs`
              : ', nobody signs instead'}
          </>
        ) : (
          <Wall now={now} zone={availability.zone} />
        )}
        {handedToName && ` · handed it to ${handedToName}`}
      </span>
    </li>
  );
}

function By({ signer: { through, forName, forAwayUntil } }: { signer: Signer }) {
  if (!forName) return through && `through ${through}`;
  // Handed over: its words name them already.
  if (!forAwayUntil) return through?.includes(forName) ? through : `stands in for ${forName}`;
  return (
    <>
      stands in for {forName}, away until <When at={forAwayUntil} />
    </>
  );
}

function Wall({ zone, now }: { zone: string | null; now: Date }) {
  const current = new Date(useNow(now));
  const clock = wallClock(zone, current);
  if (!clock) return 'time zone not known';
  return isAwake(zone, current) ? `${clock} there` : `${clock} there, probably asleep`;
}
