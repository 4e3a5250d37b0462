import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import { Notice } from '#components/ui/notice.tsx';
import { say } from '#components/ui/toast-store.ts';
import type { Bundle } from '#lib/queries/own-choice-rows.ts';
import type { BundleVerbs } from './bundle-editor.tsx';

/** Removes it, after a second press. */
export function RemoveBundle({ bundle, drop }: { bundle: Bundle; drop: BundleVerbs['drop'] }) {
  const [sure, setSure] = useState(false);
  const [no, setNo] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const press = () => {
    if (pending) return;
    if (!sure) return setSure(true);
    startTransition(async () => {
      const answer = await withStepUp(() => drop({ bundleId: bundle.id, version: bundle.version })).catch(
        () => null,
      );
      if (!answer?.ok) return setNo(answer?.message ?? 'Stint did not answer. Try again.');
      say(`“${bundle.name}” is removed.`);
      router.push('/bundles');
      router.refresh();
    });
  };
  return (
    <div className="grid justify-items-start gap-2">
      <button aria-disabled={pending} className="btn btn-quiet text-risk" onClick={press} type="button">
        {sure ? `Remove “${bundle.name}” for everybody who has it` : 'Remove this bundle'}
      </button>
      {no && <Notice alert>{no}</Notice>}
    </div>
  );
}
