import { Link2, Save } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { say } from '#components/ui/toast-store.ts';
import { longestBundleName } from '#lib/domain/bundle.ts';
import { linkTo } from './link-to.ts';
import { useOwnVerbs } from './own-verbs.ts';
import { parseDuration } from './parse-duration.ts';
import type { Activation } from './use-activation.ts';

/** What else one may do with the roles that are chosen: keep them under a name, pass on a link to this form. */
export function SheetMore({ activation }: { activation: Activation }) {
  const [naming, setNaming] = useState(false);
  const { chosen, form, own } = activation;
  const copy = async () => {
    const minutes = form.duration === null ? null : activation.minutes;
    const link = `${location.origin}${linkTo(chosen, { minutes, ticket: form.ticketNumber })}`;
    const copied = await navigator.clipboard.writeText(link).then(
      () => true,
      () => false,
    );
    say(copied ? 'Link copied. It opens this form, and asks for nothing by itself.' : link);
  };
  const roles = chosen.map(({ key }) => {
    const typed = own[key]?.duration ?? form.duration;
    return { key, minutes: typed ? parseDuration(typed) : null };
  });
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        <button
          aria-expanded={naming}
          className="link inline-flex min-h-6 items-center gap-1 text-xs"
          onClick={() => setNaming(!naming)}
          type="button"
        >
          <Save aria-hidden="true" className="size-3.5" /> Save as a bundle
        </button>
        <button className="link inline-flex min-h-6 items-center gap-1 text-xs" onClick={copy} type="button">
          <Link2 aria-hidden="true" className="size-3.5" /> Copy link
        </button>
      </div>
      {naming && <NameIt onDone={() => setNaming(false)} roles={roles} />}
    </div>
  );
}

function NameIt({ roles, onDone }: { roles: { key: string; minutes: number | null }[]; onDone: () => void }) {
  const { keepBundle } = useOwnVerbs();
  const router = useRouter();
  const [no, setNo] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [typed, setTyped] = useState('');
  const save = async () => {
    if (pending) return;
    const name = typed.trim();
    setPending(true);
    const answer = await keepBundle({ bundleId: null, version: 1, name, roles }).catch(() => null);
    setPending(false);
    if (!answer?.ok) return setNo(answer?.message ?? 'Stint did not answer. Try again.');
    say(`Kept as “${name}”. It is under Bundles.`);
    onDone();
    router.refresh();
  };
  return (
    <div className="flex flex-wrap items-start gap-2">
      <div className="min-w-0 flex-1">
        <input
          aria-describedby={no ? 'bundle-no' : undefined}
          aria-label="Name of the bundle"
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: it appears where the person pressed for it.
          autoFocus
          className="input"
          maxLength={longestBundleName}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // Within the form that asks for the roles, which is not meant.
            event.preventDefault();
            void save();
          }}
          placeholder="On call"
          value={typed}
        />
        {no && (
          <p className="mt-1 text-sm text-warn" id="bundle-no" role="alert">
            {no}
          </p>
        )}
      </div>
      <button aria-disabled={pending} className="btn btn-small" onClick={save} type="button">
        Save
      </button>
    </div>
  );
}
