import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { useServerClock } from '#components/ui/use-server-clock.ts';
import { type RefusalCode, refusalSentences } from '#lib/domain/refusal.ts';
import { inWords } from '#lib/domain/time.ts';
import type { AskResult, EligibleRow } from '#lib/queries/rows.ts';
import {
  type Activate,
  type CheckTicket,
  type Draft,
  emptyForm,
  type FormField,
  type FormText,
  type OwnChoice,
} from './ask.ts';
import { chosenPolicy, defaultMinutes, faultsOf, minutesFor } from './chosen-policy.ts';
import { keepDraft, takeDraft } from './draft.ts';
import { parseDuration } from './parse-duration.ts';
import { fieldOf, noRefusals, type Refusals } from './refusals.ts';

export interface Sent {
  requestId: string;
  role: EligibleRow;
}

interface Props {
  rows: EligibleRow[];
  now: Date;
  begin: Draft | null;
  activate: Activate;
  checkTicket: CheckTicket;
}

const notALength = 'Write a length such as 30 min, 1 h or 1:30.';
const noAnswer =
  'Stint did not answer. What you typed is kept; sending again is safe, a role is never asked for twice.';
const keepFor: readonly RefusalCode[] = ['not_signed_in', 'sign_in_again', 'mfa_needed'];

/** The choice of roles, the form for them, and what came of sending it. Nothing is forgotten on a no. */
export function useActivation({ rows, now, begin, activate, checkTicket }: Props) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(() => new Set(begin?.keys));
  const [form, setForm] = useState<FormText>(begin?.form ?? emptyForm);
  const [own, setOwn] = useState<Record<string, OwnChoice>>(begin?.own ?? {});
  const [refusals, setRefusals] = useState<Refusals>(noRefusals);
  const [sent, setSent] = useState<Sent[]>([]);
  const [pending, startTransition] = useTransition();
  const submission = useRef<string | null>(null);
  const clock = useServerClock(now);
  const router = useRouter();

  useEffect(() => {
    const draft = takeDraft();
    if (!draft) return;
    setKeys(new Set(draft.keys));
    setForm(draft.form);
    setOwn(draft.own ?? {});
  }, []);

  const chosen = rows.filter(({ key, blocked }) => !blocked && keys.has(key));
  const policy = chosenPolicy(chosen);
  const durationText = form.duration ?? inWords(defaultMinutes(policy));
  const minutes = parseDuration(durationText);
  /** How long one role is asked for; null: what is typed is no length. */
  const minutesOf = (role: EligibleRow) => {
    const typed = own[role.key]?.duration;
    const asked = typed ? parseDuration(typed) : minutes;
    return asked === null ? null : minutesFor(role, asked);
  };

  const toggle = (key: string) => {
    const next = new Set(keys);
    if (!next.delete(key)) next.add(key);
    setKeys(next);
    setRefusals(({ roles, ...rest }) => ({ ...rest, roles: { ...roles, [key]: undefined } }));
  };

  const type = (field: FormField, text: string) => {
    setForm((typed) => ({ ...typed, [field]: text }));
    setRefusals(({ fields, ...rest }) => ({ ...rest, fields: { ...fields, [field]: undefined } }));
  };

  const choose = (key: string, choice: OwnChoice) =>
    setOwn((before) => ({ ...before, [key]: { ...before[key], ...choice } }));

  const refuse = (next: Refusals) => {
    setRefusals(next);
    const first = (['justification', 'ticketNumber', 'duration', 'startsAt'] as const).find(
      (f) => next.fields[f],
    );
    if (first) document.getElementById(`ask-${first}`)?.focus();
  };

  const submit = () => {
    const startsAt = form.startsAt ? new Date(form.startsAt) : null;
    const ask = { justification: form.justification, ticketNumber: form.ticketNumber, startsAt };
    const fields: Refusals['fields'] = minutes === null ? { duration: notALength } : {};
    for (const fault of faultsOf({ ...ask, minutes: minutes ?? defaultMinutes(policy) }, policy, clock())) {
      const field = fieldOf(fault.field);
      if (field) fields[field] ??= fault.detail ?? refusalSentences[fault.code];
    }
    if (minutes === null || Object.keys(fields).length > 0) return refuse({ ...noRefusals, fields });
    setRefusals(noRefusals);
    submission.current ??= crypto.randomUUID();
    const submissionId = submission.current;
    startTransition(async () => {
      const answer = await activate({
        roles: chosen.map((role) => ({
          key: role.key,
          minutes: minutesOf(role) ?? minutesFor(role, minutes),
          narrowerScopeId: own[role.key]?.narrower?.id,
        })),
        justification: policy.justification ? form.justification.trim() : '',
        ticketNumber: policy.ticket ? form.ticketNumber.trim() : '',
        startsAt: startsAt?.toISOString() ?? null,
        submissionId,
      }).catch(() => null);
      // Until it is known what became of it, whatever is sent is the same submit once more.
      if (answer && (answer.ok || answer.code !== 'unknown_outcome')) submission.current = null;
      if (!answer) return setRefusals({ ...noRefusals, whole: { code: null, message: noAnswer } });
      if (!answer.ok) {
        if (keepFor.includes(answer.code)) keepDraft({ keys: [...keys], form, own });
        const field = fieldOf(answer.field);
        const whole = field ? null : { code: answer.code, message: answer.message };
        return refuse({ ...noRefusals, whole, fields: field ? { [field]: answer.message } : {} });
      }
      settle(answer.value.results);
      router.refresh();
    });
  };

  const settle = (results: AskResult[]) => {
    const accepted = results.flatMap(({ key, requestId }) => {
      const role = chosen.find((row) => row.key === key);
      return role && requestId ? [{ requestId, role }] : [];
    });
    const no = results.filter(({ requestId }) => !requestId);
    setSent((before) => [...accepted, ...before]);
    setKeys(new Set(no.map(({ key }) => key)));
    const fields: Refusals['fields'] = {};
    for (const { refusal } of no) {
      const field = fieldOf(refusal?.field ?? null);
      if (field) fields[field] ??= refusal?.message;
    }
    const signIn = no.find(({ refusal }) => refusal && keepFor.includes(refusal.code))?.refusal ?? null;
    if (signIn) keepDraft({ keys: no.map(({ key }) => key), form, own });
    refuse({
      whole: signIn,
      fields,
      roles: Object.fromEntries(
        no.map(({ key, refusal }) => [key, refusal?.message ?? refusalSentences.malformed]),
      ),
    });
    if (no.length > 0) return;
    setForm(emptyForm);
    setOwn({});
  };

  return {
    chosen,
    policy,
    form,
    durationText,
    minutes,
    minutesOf,
    own,
    choose,
    refusals,
    sent,
    pending,
    toggle,
    type,
    submit,
    checkTicket,
    forgetSent: () => setSent([]),
  };
}

export type Activation = ReturnType<typeof useActivation>;
