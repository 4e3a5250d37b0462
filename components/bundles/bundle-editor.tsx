'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { parseDuration } from '#components/access/parse-duration.ts';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { RemoveButton } from '#components/ui/remove-button.tsx';
import { say } from '#components/ui/toast-store.ts';
import { longestBundleName } from '#lib/domain/bundle.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { floorMinutes, inWords } from '#lib/domain/time.ts';
import type { Bundle } from '#lib/queries/own-choice-rows.ts';
import type { NamedRole } from '#lib/queries/rows.ts';
import { AddRole } from './add-role.tsx';
import { BundleRoles, type EditedRole } from './bundle-roles.tsx';
import { ShareBundle } from './share-bundle.tsx';

export interface BundleVerbs {
  keep(asked: {
    bundleId: string | null;
    version: number;
    name: string;
    roles: { key: string; minutes: number | null }[];
  }): Promise<Outcome<string>>;
  drop(of: { bundleId: string; version: number }): Promise<Outcome<null>>;
  give(of: { bundleId: string; version: number; names: string[] }): Promise<Outcome<null>>;
  find(text: string): Promise<Outcome<NamedRole[]>>;
}

interface Props {
  /** null: a new one. */
  bundle: Bundle | null;
  mayShare: boolean;
  verbs: BundleVerbs;
}

const notALength = `Write lengths such as 30 min or 1 h, ${floorMinutes} min at least, or leave them empty.`;

/** A bundle to be changed: its name, its roles, the length of each; and with whom it is shared. */
export function BundleEditor({ bundle, mayShare, verbs }: Props) {
  const [name, setName] = useState(bundle?.name ?? '');
  const [roles, setRoles] = useState<EditedRole[]>(() => (bundle?.roles ?? []).map(edited));
  const [no, setNo] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();

  const save = (event: FormEvent) => {
    event.preventDefault();
    const asked = roles.map(({ key, duration }) => ({
      key,
      minutes: duration.trim() ? parseDuration(duration) : null,
      isLength: !duration.trim() || (parseDuration(duration) ?? 0) >= floorMinutes,
    }));
    if (asked.some(({ isLength }) => !isLength)) return setNo(notALength);
    setNo(null);
    startTransition(async () => {
      const sent = asked.map(({ key, minutes }) => ({ key, minutes }));
      const of = { bundleId: bundle?.id ?? null, version: bundle?.version ?? 1 };
      const answer = await withStepUp(() => verbs.keep({ ...of, name: name.trim(), roles: sent })).catch(
        () => null,
      );
      if (!answer?.ok) return setNo(answer?.message ?? 'Stint did not answer. Try again.');
      say(`Kept as “${name.trim()}”.`);
      router.push('/bundles');
      router.refresh();
    });
  };
  const add = (role: NamedRole) =>
    setRoles((before) =>
      before.some(({ key }) => key === role.key) ? before : [...before, { ...role, duration: '' }],
    );

  return (
    <div className="grid max-w-2xl grid-cols-1 gap-8">
      <form className="grid grid-cols-1 gap-4" noValidate onSubmit={save}>
        <Field id="bundle-name" label="Name">
          {(aria) => (
            <input
              {...aria}
              autoComplete="off"
              className="input"
              maxLength={longestBundleName}
              onChange={(event) => setName(event.target.value)}
              value={name}
            />
          )}
        </Field>
        <BundleRoles onChange={setRoles} roles={roles} />
        <AddRole find={verbs.find} onAdd={add} />
        {no && <Notice alert>{no}</Notice>}
        <div>
          <button aria-disabled={pending} className="btn btn-go" type="submit">
            Save
          </button>
        </div>
      </form>
      {bundle && mayShare && <ShareBundle bundle={bundle} give={verbs.give} />}
      {bundle && (
        <RemoveButton
          backTo="/bundles"
          label="Remove this bundle"
          name={bundle.name}
          run={() => verbs.drop({ bundleId: bundle.id, version: bundle.version })}
          sureLabel={`Remove “${bundle.name}” for everybody who has it`}
        />
      )}
    </div>
  );
}

function edited({ minutes, givers: _, policy: __, ...role }: Bundle['roles'][number]): EditedRole {
  return { ...role, duration: minutes === null ? '' : inWords(minutes) };
}
