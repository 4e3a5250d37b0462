import { useEffect, useRef, useState } from 'react';
import type { CampaignPlan } from '#lib/domain/campaign.ts';
import type { PlanField } from '#lib/domain/campaign-plan.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { PlanPreview } from '#lib/queries/review-rows.ts';
import { type PlanForm, planOf } from './plan-form.ts';

export type Faults = Partial<Record<PlanField, string>>;

export type Preview = (asked: {
  name: string;
  plan: CampaignPlan;
}) => Promise<Outcome<{ faults: Faults; preview: PlanPreview | null }>>;

export interface Shown {
  /** The last answer; it stays while the next is on its way. */
  preview: PlanPreview | null;
  faults: Faults;
  isBehind: boolean;
  /** Why there is none. */
  message: string;
}

const pauseMilliseconds = 500;

/** What the form would freeze, asked for whenever typing pauses. Names and openings change nothing about it. */
export function usePreview(form: PlanForm, ask: Preview): Shown {
  const [answered, setAnswered] = useState<Shown & { of: string }>({
    preview: null,
    faults: {},
    isBehind: true,
    message: '',
    of: '',
  });
  const wanted = JSON.stringify(planOf(form));
  const newest = useRef(wanted);
  newest.current = wanted;
  useEffect(() => {
    const timer = setTimeout(async () => {
      const plan = JSON.parse(wanted) as CampaignPlan;
      const answer = await ask({ name: '', plan }).catch(() => null);
      if (newest.current !== wanted) return;
      if (!answer?.ok) {
        const message = answer?.message ?? 'Stint did not answer. Change something to ask again.';
        setAnswered({ preview: null, faults: {}, isBehind: false, message, of: wanted });
        return;
      }
      const { name: _, opensAt: __, ...faults } = answer.value.faults;
      setAnswered((before) => ({
        preview: answer.value.preview ?? before.preview,
        faults,
        isBehind: answer.value.preview === null,
        message: '',
        of: wanted,
      }));
    }, pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [ask, wanted]);
  return { ...answered, isBehind: answered.isBehind || answered.of !== wanted };
}
