import { useRouter } from 'next/navigation';
import { useCallback, useDeferredValue, useEffect, useRef, useState, useTransition } from 'react';
import { onLeaving } from '#components/signed-in/leaving.ts';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import { useServerClock } from '#components/ui/use-server-clock.ts';
import { reasonFault } from '#lib/domain/reason.ts';
import { type RefusalCode, refusalSentences } from '#lib/domain/refusal.ts';
import { floorMinutes, inWords } from '#lib/domain/time.ts';
import type { AskResult, EligibleRow } from '#lib/queries/rows.ts';
import {
  type Activate,
  type ActivationAsk,
  type CheckTicket,
  type Draft,
  emptyForm,
  type FormField,
  type FormText,
  type OwnChoice,
  type TimingVerbs,
} from './ask.ts';
import { chosenPolicy, defaultMinutes, faultsOf, minutesFor } from './chosen-policy.ts';
import { keepDraft, takeDraft } from './draft.ts';
import { parseDuration } from './parse-duration.ts';
import { useReasonRules } from './reason-rules.tsx';
import { fieldOf, noRefusals, type Refusals } from './refusals.ts';
import { startMinutes } from './start-minutes.ts';
import { endFault, lengthOf, narrowed, startOf, zoneOf } from './timing.ts';

export interface Sent {
  requestId: string;
  role: EligibleRow;
}

interface Props {
  rows: EligibleRow[];
  now: Date;
  begin: Draft | null;
  activate: Activate;
  timing: TimingVerbs;
  checkTicket: CheckTicket;
}

const notALength = 'Write a length such as 30 min, 1 h or 1:30.';
const noAnswer =
  'Stint did not answer. What you typed is kept; sending again is safe, a role is never asked for twice.';
const keepFor: readonly RefusalCode[] = ['not_signed_in', 'sign_in_again', 'mfa_needed'];

/** The choice of roles, the form for them, and what came of sending it. Nothing is forgotten on a no. */
export function useActivation({ rows, now, begin, activate, timing, checkTicket }: Props) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(() => new Set(begin?.keys));
  const [form, setForm] = useState<FormText>(begin?.form ?? emptyForm);
  const [own, setOwn] = useState<Record<string, OwnChoice>>(begin?.own ?? {});
  const [refusals, setRefusals] = useState<Refusals>(noRefusals);
  const [sent, setSent] = useState<Sent[]>([]);
  const [pending, startTransition] = useTransition();
  const submission = useRef<string | null>(null);
  const [bundleId, setBundleId] = useState(begin?.bundleId ?? null);
  // Opened by one press: the caret goes where there is something to type, once.
  const caret = useRef(begin !== null);
  const [opened, setOpened] = useState(0);
  const clock = useServerClock(now);
  const router = useRouter();
  const reasons = useReasonRules();

  useEffect(
    () => onLeaving(() => keys.size > 0 && keepDraft({ keys: [...keys], form, own })),
    [keys, form, own],
  );
  useEffect(() => {
    const draft = takeDraft();
    if (!draft) return;
    setKeys(new Set(draft.keys));
    setForm(draft.form);
    setOwn(draft.own ?? {});
  }, []);

  // The tick is there at once; the form, and what it sends, follow together.
  const settled = useDeferredValue(keys);
  const chosen = rows
    .filter(({ key, blocked }) => !blocked && settled.has(key))
    .map((row) => narrowed(row, own[row.key]));
  const policy = chosenPolicy(chosen);
  const durationText = form.duration ?? inWords(Math.max(...chosen.map(startMinutes), floorMinutes));
  const minutesIn = (text: string) => lengthOf(text, startOf(form) ?? clock(), zoneOf(form));
  const minutes = minutesIn(durationText);
  /** How long one role is asked for; null: what is typed is no length. */
  const minutesOf = (role: EligibleRow) => {
    const typed = own[role.key]?.duration ?? form.duration;
    const asked = typed === null ? startMinutes(role) : minutesIn(typed);
    return asked === null ? null : minutesFor(role, asked);
  };

  // One for the life of the page: sixty lines need not be drawn anew for each letter of a reason.
  const toggle = useCallback((key: string) => {
    setKeys((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
    setRefusals(({ roles, ...rest }) => ({ ...rest, roles: { ...roles, [key]: undefined } }));
  }, []);

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
    const startsAt = startOf(form);
    const ask = { justification: form.justification, ticketNumber: form.ticketNumber, startsAt };
    const from = startsAt ?? clock();
    const late = endFault(durationText, policy.maximumMinutes, from, zoneOf(form));
    const fields: Refusals['fields'] = minutes === null ? { duration: notALength } : {};
    if (late) fields.duration = late;
    for (const fault of faultsOf({ ...ask, minutes: minutes ?? defaultMinutes(policy) }, policy, clock())) {
      const field = fieldOf(fault.field);
      if (field) fields[field] ??= fault.detail ?? refusalSentences[fault.code];
    }
    const unclear = policy.justification && reasonFault(form.justification, reasons);
    if (unclear) fields.justification ??= unclear;
    if (minutes === null || Object.keys(fields).length > 0) return refuse({ ...noRefusals, fields });
    send(chosen, {
      roles: chosen.map((role) => ({
        key: role.key,
        minutes: minutesOf(role) ?? minutesFor(role, minutes),
        narrowerScopeId: own[role.key]?.narrower?.id,
      })),
      justification: policy.justification ? form.justification.trim() : '',
      ticketNumber: policy.ticket ? form.ticketNumber.trim() : '',
      startsAt: startsAt?.toISOString() ?? null,
      bundleId,
    });
  };

  /** Asks for roles whose rules ask for no words, as they are, whatever else is chosen. */
  const atOnce = (asked: EligibleRow[], how: { own?: Record<string, OwnChoice>; bundleId?: string } = {}) => {
    const lengthOf = (role: EligibleRow) => {
      const fixed = how.own?.[role.key]?.duration;
      return minutesFor(role, (fixed && parseDuration(fixed)) || startMinutes(role));
    };
    const roles = asked.map((role) => ({ key: role.key, minutes: lengthOf(role) }));
    send(asked, { roles, justification: '', ticketNumber: '', startsAt: null, bundleId: how.bundleId });
  };

  /** Opens the form for these roles beside what is chosen, the caret where there is something to type. */
  const open = (asked: EligibleRow[], how: { own?: Record<string, OwnChoice>; bundleId?: string } = {}) => {
    setKeys(new Set([...chosen.map(({ key }) => key), ...asked.map(({ key }) => key)]));
    setOwn((before) => ({ ...before, ...how.own }));
    setBundleId(how.bundleId ?? null);
    caret.current = true;
    setOpened((times) => times + 1);
  };

  const send = (asked: EligibleRow[], ask: Omit<ActivationAsk, 'submissionId'>) => {
    setRefusals(noRefusals);
    submission.current ??= crypto.randomUUID();
    const submissionId = submission.current;
    startTransition(async () => {
      const answer = await withStepUp(() => activate({ ...ask, submissionId })).catch(() => null);
      // Until it is known what became of it, whatever is sent is the same submit once more.
      if (answer && (answer.ok || answer.code !== 'unknown_outcome')) submission.current = null;
      if (!answer) return setRefusals({ ...noRefusals, whole: { code: null, message: noAnswer } });
      if (!answer.ok) {
        if (keepFor.includes(answer.code))
          keepDraft({ keys: asked.map(({ key }) => key), form, own, bundleId });
        const field = fieldOf(answer.field);
        const whole = field ? null : { code: answer.code, message: answer.message };
        return refuse({ ...noRefusals, whole, fields: field ? { [field]: answer.message } : {} });
      }
      settle(answer.value.results, asked);
      router.refresh();
    });
  };

  const settle = (results: AskResult[], asked: EligibleRow[]) => {
    const accepted = results.flatMap(({ key, requestId }) => {
      const role = asked.find((row) => row.key === key);
      return role && requestId ? [{ requestId, role }] : [];
    });
    const no = results.filter(({ requestId }) => !requestId);
    setSent((before) => [...accepted, ...before]);
    const done = new Set(accepted.map(({ role }) => role.key));
    setKeys((before) => new Set([...before, ...no.map(({ key }) => key)].filter((key) => !done.has(key))));
    const fields: Refusals['fields'] = {};
    for (const { refusal } of no) {
      const field = fieldOf(refusal?.field ?? null);
      if (field) fields[field] ??= refusal?.message;
    }
    const signIn = no.find(({ refusal }) => refusal && keepFor.includes(refusal.code))?.refusal ?? null;
    if (signIn) keepDraft({ keys: no.map(({ key }) => key), form, own, bundleId });
    refuse({
      whole: signIn,
      fields,
      roles: Object.fromEntries(
        no.map(({ key, refusal }) => [key, refusal?.message ?? refusalSentences.malformed]),
      ),
    });
    if (no.length > 0 || chosen.some(({ key }) => !done.has(key))) return;
    setForm(emptyForm);
    setOwn({});
    setBundleId(null);
  };

  return {
    ticked: keys,
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
    clock,
    timing,
    toggle,
    type,
    submit,
    atOnce,
    open,
    opened,
    takeCaret: () => {
      const taken = caret.current;
      caret.current = false;
      return taken;
    },
    checkTicket,
    forgetSent: () => setSent([]),
  };
}

export type Activation = ReturnType<typeof useActivation>;
