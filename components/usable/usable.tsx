'use client';

import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useNow } from '#components/ui/use-now.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { secondsInWords } from '#lib/domain/time.ts';
import type { ProbeState, Speed } from '#lib/domain/usable.ts';
import type { NamedRole } from '#lib/queries/rows.ts';
import { adviceFor } from './advice.ts';
import { sourceWords, speedWords } from './speed-words.ts';

interface Props {
  requestId: string;
  role: NamedRole;
  activeAt: Date;
  usableAt: Date | null;
  probe: ProbeState | null;
  speed: Speed | null;
  now: Date;
  /** Lends a fresh token for finding it out. */
  ask: (requestId: string) => Promise<Outcome<null>>;
}

/** Nobody waits for what has been on for long: it is found out while it may still surprise somebody. */
const worthAskingMinutes = 60;
/** Without any history: what is worth advice after so long. Seconds. */
const longWithoutHistory = 60;

/** Whether active access works already: found out by an allowed read in the person's name, never guessed. */
export function Usable({ requestId, role, activeAt, usableAt, probe, speed, now, ask }: Props) {
  const waited = Math.max(0, (useNow(now) - activeAt.getTime()) / 1000);
  const asked = useRef(false);
  const unknown = !usableAt && probe === null;
  const worthAsking = unknown && now.getTime() - activeAt.getTime() < worthAskingMinutes * 60_000;
  useEffect(() => {
    if (!worthAsking || asked.current) return;
    asked.current = true;
    // A no changes nothing on the page: it goes on saying that nobody measured it.
    ask(requestId).catch(() => {});
  }, [worthAsking, requestId, ask]);

  if (usableAt) {
    const after = (usableAt.getTime() - activeAt.getTime()) / 1000;
    return (
      <p className="flex items-center gap-1 text-live text-xs">
        <Check aria-hidden="true" className="size-3.5" /> Works
        {after >= 2 && <span className="text-faint">after {secondsInWords(after)}</span>}
      </p>
    );
  }
  if (probe === 'cannot_tell')
    return <p className="text-faint text-xs">On; whether it works cannot be told from here</p>;
  if (probe === null)
    return worthAsking ? (
      <p className="text-faint text-xs">On in Azure; whether it works is not measured yet</p>
    ) : null;
  const slow = probe === 'late' || waited > (speed?.p95 ?? longWithoutHistory);
  return (
    <div className="text-xs">
      <p className={slow ? 'text-warn' : 'text-soft'}>
        {probe === 'late' ? 'On in Azure, and never seen to work' : 'On in Azure, does not work yet'}
        {probe !== 'late' && <> · {secondsInWords(waited)} so far</>}
      </p>
      {speed && !slow && (
        <p className="text-faint" title={sourceWords(speed)}>
          {speedWords(speed)}
        </p>
      )}
      {slow && (
        <ul className="mt-1 list-disc pl-4 text-soft">
          {adviceFor(role).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
