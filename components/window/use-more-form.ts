import { useRouter } from 'next/navigation';
import { type SyntheticEvent, useState, useTransition } from 'react';
import { parseDuration } from '#components/access/parse-duration.ts';
import type { No } from '#components/requests/use-action.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { inWords } from '#lib/domain/time.ts';
import type { MoreAsk } from './verbs.ts';

interface Props<T> {
  begin: MoreAsk;
  send: (ask: MoreAsk) => Promise<Outcome<T>>;
  /** What is to happen when it was taken. */
  done: (value: T, ask: MoreAsk) => void;
}

const notALength = 'Write a length such as 30 min, 1 h or 1:30.';

/** A small form about a running window: how long, why, for which ticket. A no stands beside its field. */
export function useMoreForm<T>({ begin, send, done }: Props<T>) {
  const [duration, setDuration] = useState(inWords(begin.minutes));
  const [texts, setTexts] = useState({
    justification: begin.justification,
    ticketNumber: begin.ticketNumber,
  });
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [no, setNo] = useState<No | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const minutes = parseDuration(duration);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (pending) return;
    setNo(null);
    if (minutes === null) return setFaults({ minutes: notALength });
    setFaults({});
    const ask = {
      requestId: begin.requestId,
      minutes,
      justification: texts.justification.trim(),
      ticketNumber: texts.ticketNumber.trim(),
    };
    startTransition(async () => {
      const answer = await send(ask).catch(() => null);
      if (answer?.ok) {
        router.refresh();
        return done(answer.value, ask);
      }
      if (answer?.field) return setFaults({ [answer.field]: answer.message });
      setNo(answer ?? 'silence');
    });
  };
  const type = (field: 'justification' | 'ticketNumber', text: string) =>
    setTexts((before) => ({ ...before, [field]: text }));

  return { duration, setDuration, minutes, texts, type, faults, no, pending, submit };
}

export type MoreForm = ReturnType<typeof useMoreForm<unknown>>;
