import { useRouter } from 'next/navigation';
import { useRef, useState, useTransition } from 'react';
import { PatternFields } from '#components/on-call/pattern-fields.tsx';
import { savedWords } from '#components/on-call/saved-words.ts';
import { NoNote } from '#components/requests/no-note.tsx';
import type { No } from '#components/requests/use-action.ts';
import { say } from '#components/ui/toast-store.ts';
import { type OnCallPattern, type PatternField, patternFaults, startsOf } from '#lib/domain/on-call.ts';
import { hour, plusMinutes } from '#lib/domain/time.ts';
import { fieldOfMoment } from '#lib/domain/wall-time.ts';
import { startOf, zoneOf } from './timing.ts';
import type { Activation } from './use-activation.ts';

/** The chosen roles week by week, with the reason, the ticket and the length of the form around it. */
export function RepeatForm({ activation }: { activation: Activation }) {
  const { chosen, form, policy, minutesOf, own, timing, clock } = activation;
  const [pattern, setPattern] = useState(() => begin(startOf(form), zoneOf(form), clock()));
  const [faults, setFaults] = useState<Partial<Record<PatternField, string>>>({});
  const [no, setNo] = useState<No | null>(null);
  const [pending, startTransition] = useTransition();
  const id = useRef(crypto.randomUUID());
  const router = useRouter();

  const send = () => {
    if (pending) return;
    const roles = chosen.map((role) => ({
      key: role.key,
      minutes: minutesOf(role) ?? 0,
      narrowerScopeId: own[role.key]?.narrower?.id,
    }));
    const found = patternFaults(
      pattern,
      roles.map(({ minutes }) => minutes),
      clock(),
    );
    setFaults(found);
    setNo(null);
    if (Object.keys(found).length > 0) return;
    startTransition(async () => {
      const answer = await timing
        .plan({
          id: id.current,
          roles,
          pattern: { ...pattern, days: [...pattern.days] },
          justification: policy.justification ? form.justification.trim() : '',
          ticketNumber: policy.ticket ? form.ticketNumber.trim() : '',
        })
        .catch(() => null);
      if (!answer) return setNo('silence');
      if (!answer.ok) return setNo(answer);
      say(savedWords('The windows are planned.', answer.value.notFiled));
      router.push('/windows');
    });
  };

  return (
    <section aria-label="Repeat weekly" className="mt-1 grid grid-cols-1 gap-3 rounded-md bg-wash p-3">
      <p className="text-soft text-xs">
        For on-call duty. Stint files the next window with PIM whenever you are here; for the others it
        reminds you, and one click turns them on. Your rights are checked each time.
      </p>
      <PatternFields faults={faults} onPattern={setPattern} pattern={pattern} />
      <NoNote no={no} />
      <div className="flex flex-wrap items-center gap-3">
        <button aria-disabled={pending} className="btn btn-small" onClick={send} type="button">
          Plan these windows
        </button>
        <span className="text-faint text-xs" role="status">
          {pending ? 'Sending…' : countWords(pattern)}
        </span>
      </div>
    </section>
  );
}

/** Working days for two weeks, from the start that is typed or this evening. */
function begin(startsAt: Date | null, zone: string, now: Date): OnCallPattern {
  const from = fieldOfMoment(startsAt ?? now, zone).slice(0, 10);
  return {
    days: [1, 2, 3, 4, 5],
    time: startsAt ? fieldOfMoment(startsAt, zone).slice(11) : '18:00',
    zone,
    from,
    until: fieldOfMoment(plusMinutes(new Date(Date.parse(from)), (13 * 24 * hour) / 60_000), 'UTC').slice(
      0,
      10,
    ),
  };
}

function countWords(pattern: OnCallPattern): string {
  const count = startsOf(pattern).length;
  return count === 1 ? '1 window' : `${count} windows`;
}
