import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import { say } from '#components/ui/toast-store.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { Entry } from './entry.ts';
import type { PaletteVerbs } from './verbs.ts';

const silence = 'Stint did not answer. Look at Access before you try again.';

/** Does what a line of the palette says, and tells what came of it. */
export function useDoing({ activate, end, refresh }: PaletteVerbs) {
  const router = useRouter();
  const [, startTransition] = useTransition();

  const ask = async (title: string, key: string, minutes: number) => {
    const sent = { roles: [{ key, minutes }], justification: '', ticketNumber: '', startsAt: null };
    const submissionId = crypto.randomUUID();
    const answer = await withStepUp(() => activate({ ...sent, submissionId })).catch(() => null);
    const refusal = answer?.ok ? answer.value.results[0]?.refusal : answer;
    say(answer ? (refusal ? `${title}: ${refusal.message}` : `Asked for ${title}.`) : silence);
  };
  const endAll = async (ids: string[]) => {
    const answers: (Outcome<null> | null)[] = [];
    for (const id of ids) answers.push(await end(id).catch(() => null));
    const noes = answers.flatMap((answer) => (answer?.ok ? [] : [answer?.message ?? silence]));
    const ended = answers.length - noes.length;
    say([ended > 0 && `Ending ${ended}.`, ...new Set(noes)].filter(Boolean).join(' '));
  };

  return ({ does, title }: Entry) =>
    startTransition(async () => {
      if (does.what === 'go') return router.push(does.href);
      if (does.what === 'activate') await ask(title, does.key, does.minutes);
      if (does.what === 'end') await endAll(does.ids);
      if (does.what === 'refresh') {
        const answer = await refresh().catch(() => null);
        say(answer?.ok ? 'Reading Azure again.' : (answer?.message ?? silence));
      }
      router.push('/');
      router.refresh();
    });
}
