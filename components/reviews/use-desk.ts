import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import type { No } from '#components/requests/use-action.ts';
import { say } from '#components/ui/toast-store.ts';
import type { ItemDecision } from '#lib/domain/campaign.ts';
import type { Outcome, RefusalCode } from '#lib/domain/refusal.ts';
import { countOf } from './count-words.ts';

interface Refused {
  id: string;
  code: RefusalCode;
  message: string;
}

export interface ItemVerbs {
  decide: (asked: {
    campaignId: string;
    items: { id: string; version: number }[];
    decision: ItemDecision;
    rationale: string;
    hasSeenGroup: boolean;
  }) => Promise<Outcome<{ refused: Refused[] }>>;
  submit: (asked: { campaignId: string; itemIds: string[] | 'all' }) => Promise<Outcome<number>>;
  handOn: (asked: {
    campaignId: string;
    itemIds: string[];
    to: string;
    note: string;
  }) => Promise<Outcome<{ refused: Refused[] }>>;
}

/** Sends one thing at a time and reads the page again; what was refused is kept, item by item. */
export function useDesk() {
  const [no, setNo] = useState<No | null>(null);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [pending, startTransition] = useTransition();
  const router = useRouter();

  /** `done` is called when it was taken, all or in part. */
  const send = <Value>(run: () => Promise<Outcome<Value>>, done: (value: Value) => void = () => {}): void => {
    if (pending) return;
    setNo(null);
    startTransition(async () => {
      const answer = await run().catch(() => null);
      if (answer?.ok) {
        const nos = refusedIn(answer.value);
        setRefused(new Map(nos.map(({ id, message }) => [id, message])));
        if (nos.length > 1) say(`${countOf(nos.length, 'item')} were not taken: each says why.`);
        done(answer.value);
      } else setNo(answer ?? 'silence');
      router.refresh();
    });
  };
  return { no, refused, pending, send };
}

export type Desk = ReturnType<typeof useDesk>;

function refusedIn(value: unknown): Refused[] {
  const has = typeof value === 'object' && value !== null && 'refused' in value;
  return has ? (value as { refused: Refused[] }).refused : [];
}
