'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState, useTransition } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import type { No } from '#components/requests/use-action.ts';
import { Field } from '#components/ui/field.tsx';
import type { CampaignPlan } from '#lib/domain/campaign.ts';
import { longestCampaignName } from '#lib/domain/campaign-plan.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { AboutPart } from './about-part.tsx';
import { EndPart } from './end-part.tsx';
import { type PlanForm, planOf } from './plan-form.ts';
import { PlanPreviewPanel } from './plan-preview-panel.tsx';
import { RunPart } from './run-part.tsx';
import { type Faults, type Preview, usePreview } from './use-preview.ts';

export type Make = (campaign: {
  id: string;
  version: number | null;
  name: string;
  plan: CampaignPlan;
  opensAt: string | null;
  status: 'draft' | 'scheduled';
}) => Promise<Outcome<{ id: string | null; faults: Faults }>>;

interface Props {
  /** Made with the page: the same form sent twice makes one review. */
  id: string;
  version: number | null;
  begin: PlanForm;
  /** When a review that is changed was to open; null: now. */
  opensAt: Date | null;
  make: Make;
  preview: Preview;
}

/** One form for every review, with what it would freeze beside it. What was typed stays until it is kept. */
export function CampaignForm({ id, version, begin, opensAt, make, preview }: Props) {
  const [form, setForm] = useState(begin);
  const [faults, setFaults] = useState<Faults>({});
  const [no, setNo] = useState<No | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const shown = usePreview(form, preview);
  // The field names no zone: it is the viewer's, which only the browser knows.
  useEffect(() => {
    if (opensAt) setForm((now) => ({ ...now, opensAt: localField(opensAt) }));
  }, [opensAt]);

  const type = (change: Partial<PlanForm>) => {
    setForm((now) => ({ ...now, ...change }));
    setFaults({});
  };
  const send = (status: 'draft' | 'scheduled') => {
    if (pending) return;
    setNo(null);
    startTransition(async () => {
      const opens = form.opensAt ? new Date(form.opensAt).toISOString() : null;
      const asked = { id, version, name: form.name, plan: planOf(form), opensAt: opens, status };
      const answer = await make(asked).catch(() => null);
      if (!answer?.ok) setNo(answer ?? 'silence');
      else if (answer.value.id) router.push(`/reviews/${answer.value.id}`);
      else {
        setFaults(answer.value.faults);
        focusFirst();
      }
    });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send('scheduled');
  };
  const part = { form, type, faults: { ...shown.faults, ...faults } };

  return (
    <form
      className="grid grid-cols-1 gap-7 lg:grid-cols-[minmax(0,1fr)_340px] lg:items-start"
      noValidate
      onSubmit={onSubmit}
    >
      <div className="grid grid-cols-1 gap-7">
        <Field
          error={faults.name}
          hint="What reviewers see in their list, such as “Subscription owners, winter”."
          id="review-name"
          label="Name"
        >
          {(aria) => (
            <input
              {...aria}
              autoComplete="off"
              className="input"
              maxLength={longestCampaignName}
              onChange={(event) => type({ name: event.target.value })}
              value={form.name}
            />
          )}
        </Field>
        <AboutPart {...part} />
        <RunPart {...part} />
        <EndPart {...part} />
      </div>
      <div className="lg:row-span-2 lg:self-stretch">
        <PlanPreviewPanel {...shown} days={form.days} />
      </div>
      <div className="grid gap-2.5 border-line border-t pt-4">
        {Object.keys(faults).length > 0 && (
          <p className="text-sm text-warn" role="alert">
            Not kept yet: see the marked fields. What you typed is still here.
          </p>
        )}
        <NoNote no={no} />
        <div className="flex flex-wrap items-center gap-2">
          <button aria-disabled={pending} className="btn btn-go" type="submit">
            {form.opensAt ? 'Schedule' : 'Open now'}
          </button>
          <button aria-disabled={pending} className="btn" onClick={() => send('draft')} type="button">
            Keep as a draft
          </button>
          <span className="text-faint text-xs" role="status">
            {pending ? 'Sending…' : ''}
          </span>
        </div>
      </div>
    </form>
  );
}

/** `2026-11-22T14:05` in the zone of this machine. */
function localField(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** After the marks are drawn. */
function focusFirst(): void {
  setTimeout(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
