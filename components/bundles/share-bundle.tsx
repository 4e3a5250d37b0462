import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import { Field } from '#components/ui/field.tsx';
import { Section } from '#components/ui/section.tsx';
import { say } from '#components/ui/toast-store.ts';
import type { Bundle } from '#lib/queries/own-choice-rows.ts';
import type { BundleVerbs } from './bundle-editor.tsx';

/** With whom an administrator shares it. */
export function ShareBundle({ bundle, give }: { bundle: Bundle; give: BundleVerbs['give'] }) {
  const [typed, setTyped] = useState('');
  const [no, setNo] = useState<string | undefined>();
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const share = (names: string[]) => {
    if (pending) return;
    setNo(undefined);
    startTransition(async () => {
      const of = { bundleId: bundle.id, version: bundle.version };
      const answer = await withStepUp(() => give({ ...of, names })).catch(() => null);
      if (!answer?.ok) return setNo(answer?.message ?? 'Stint did not answer. Try again.');
      say(names.length > 0 ? 'Shared. They have it on Access.' : 'It is its maker’s own again.');
      router.refresh();
    });
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    // Nobody at all is the other button.
    if (typed.trim()) share(typed.split('\n').flatMap((line) => line.trim() || []));
  };
  return (
    <Section title="Team">
      <form className="grid grid-cols-1 gap-3" onSubmit={send}>
        <p className="max-w-prose text-soft text-sm">
          {bundle.shared
            ? `Shared with ${bundle.shares.map(({ name, isGroup }) => (isGroup ? `everybody in ${name}` : name)).join(', ')}. Administrators keep it.`
            : 'Only its maker has it. Shared, it stands on the Access page of everybody named here, and administrators keep it. It makes nobody eligible for anything.'}
        </p>
        <Field
          error={no}
          hint="one a line: a group’s name, a person’s user principal name, or an object id · a group not read before has it after the next reading of the tenant, within the hour"
          id="bundle-team"
          label={bundle.shared ? 'Share with these instead' : 'Share with'}
        >
          {(aria) => (
            <textarea
              {...aria}
              className="input"
              onChange={(event) => setTyped(event.target.value)}
              placeholder="sg-oncall-platform"
              rows={3}
              value={typed}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          <button aria-disabled={pending || !typed.trim()} className="btn" type="submit">
            Share
          </button>
          {bundle.shared && (
            <button aria-disabled={pending} className="btn" onClick={() => share([])} type="button">
              Stop sharing
            </button>
          )}
        </div>
      </form>
    </Section>
  );
}
