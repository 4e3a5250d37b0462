import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { RoleActions } from '#components/posture/role-actions.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { Section } from '#components/ui/section.tsx';
import { planeNames, planes } from '#lib/domain/plane.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import { roleStory } from '#lib/queries/role-explorer.ts';

export const metadata: Metadata = { title: 'Role' };

interface Props {
  params: Promise<{ plane: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RolePage({ params, searchParams }: Props) {
  const { plane: named, id } = await params;
  const { beside } = await searchParams;
  const here = `/posture/roles/${encodeURIComponent(named)}/${encodeURIComponent(id)}`;
  const viewer = await viewerAt(here);
  const plane = planes.find((one) => one === named);
  const other = typeof beside === 'string' ? beside : '';
  const role = plane ? await roleStory(viewer, plane, id, other) : null;
  if (!role) return notHere(viewer, 'GET /posture/roles/[plane]/[id]', id.slice(0, 100));
  const { definition, dangers } = role;
  return (
    <>
      <div className="mb-1 flex flex-wrap items-center gap-x-3">
        <h1>{role.name}</h1>
        <span className="text-soft text-sm">{planeNames[role.plane]}</span>
        {role.isPrivileged && <Chip tone="risk">privileged</Chip>}
        <Link className="btn btn-small ml-auto" href={`/posture/roles?plane=${role.plane}`} prefetch={false}>
          Roles
        </Link>
      </div>
      <p className="mb-5 max-w-prose text-soft">{role.description}</p>
      <Section aside="what deserves a second look" title="Dangerous">
        {dangers.length === 0 ? (
          <p className="panel px-3.5 py-2.5 text-sm text-soft">Nothing that Stint knows to be dangerous.</p>
        ) : (
          <ul className="panel divide-y divide-line px-3.5 text-sm">
            {dangers.map(({ what, action }) => (
              <li className="flex flex-wrap justify-between gap-x-6 py-1.5" key={what}>
                <span className="font-[550] text-risk">{what}</span>
                <code className="break-all text-faint text-xs">{action}</code>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <form action={here} className="mb-5 flex flex-wrap items-end gap-2">
        <label className="grid gap-0.5 text-soft text-xs" htmlFor="beside">
          Compare with
          <select className="input" defaultValue={other} id="beside" name="beside">
            <option value="">nothing</option>
            {role.choices.map((choice) => (
              <option key={choice.id} value={choice.id}>
                {choice.name}
              </option>
            ))}
          </select>
        </label>
        <button className="btn" type="submit">
          Compare
        </button>
      </form>
      {role.other ? (
        <>
          <RoleActions
            actions={role.other.comparison.onlyFirst}
            none="Nothing."
            title={`Only ${role.name}`}
          />
          <RoleActions
            actions={role.other.comparison.onlySecond}
            none="Nothing."
            title={`Only ${role.other.name}`}
          />
          <RoleActions actions={role.other.comparison.both} none="Nothing." title="Both" />
        </>
      ) : (
        <>
          <RoleActions actions={allowed(definition)} none="It allows nothing." title="Allows" />
          {taken(definition).length > 0 && (
            <RoleActions actions={taken(definition)} none="" title="Takes away" />
          )}
        </>
      )}
    </>
  );
}

function allowed({ actions, dataActions }: RoleDefinition) {
  return [
    ...actions.map((action) => ({ action, data: false })),
    ...dataActions.map((action) => ({ action, data: true })),
  ];
}

function taken({ notActions, notDataActions }: RoleDefinition) {
  return allowed({ actions: notActions, dataActions: notDataActions } as RoleDefinition);
}
