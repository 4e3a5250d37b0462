import type { Metadata } from 'next';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { RoleList } from '#components/posture/role-list.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Labelled } from '#components/ui/labelled.tsx';
import { planeNames } from '#lib/domain/plane.ts';
import { roles } from '#lib/queries/role-explorer.ts';
import { neededIn, parseRoleFilter, roleQuery } from '#lib/queries/role-filter.ts';

export const metadata: Metadata = { title: 'Roles' };

type Query = Record<string, string | string[] | undefined>;

export default async function RolesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const kept = roleQuery(query);
  const viewer = await viewerAt(kept.size > 0 ? `/posture/roles?${kept}` : '/posture/roles');
  const filter = parseRoleFilter(query);
  const rows = await roles(viewer, filter);
  if (!rows) return notHere(viewer, 'GET /posture/roles', '');
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3">
        <h1>Roles</h1>
        <span className="text-faint text-xs">
          {filter.needed.length > 0
            ? 'that hold all you named, the smallest first'
            : 'the most dangerous first'}
        </span>
      </div>
      <form action="/posture/roles" className="mb-4 grid items-end gap-x-3 gap-y-2 sm:flex sm:flex-wrap">
        <Labelled label="Plane">
          <select className="input" defaultValue={filter.plane} name="plane">
            <option value="azure">{planeNames.azure}</option>
            <option value="entra">{planeNames.entra}</option>
          </select>
        </Labelled>
        <Labelled label="Name">
          <input className="input" defaultValue={filter.name} name="name" />
        </Labelled>
        <label className="grid min-w-0 gap-0.5 text-soft text-xs sm:min-w-80 sm:flex-1" htmlFor="needs">
          Actions it must allow, one a line; data actions begin with “data:”
          <textarea
            className="input min-h-16 font-mono text-xs"
            defaultValue={neededIn(filter.needed)}
            id="needs"
            name="needs"
            rows={2}
          />
        </label>
        <div className="flex gap-1">
          <button className="btn" type="submit">
            Find
          </button>
          <a className="btn btn-quiet" href={`/posture/roles?plane=${filter.plane}`}>
            Clear
          </a>
        </div>
      </form>
      {rows.length > 0 ? (
        <RoleList rows={rows} />
      ) : (
        <Empty title="No role does">
          <p>
            No role that Stint has read is named so, or holds all of these actions. Check the spelling:{' '}
            <code>Microsoft.Compute/virtualMachines/start/action</code>.
          </p>
        </Empty>
      )}
    </>
  );
}
