import Link from 'next/link';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { inWords } from '#lib/domain/time.ts';
import type { Bundle } from '#lib/queries/own-choice-rows.ts';
import { CopyLink } from './copy-link.tsx';

/** Bundles with what is in them, whose they are, and the way to change them. */
export function BundleTable({ bundles }: { bundles: Bundle[] }) {
  return (
    <div className="panel">
      <table className="list-table">
        <thead className="sr-only">
          <tr>
            <th scope="col">Bundle and its roles</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {bundles.map((bundle) => (
            <tr key={bundle.id}>
              <td>
                <p className="font-[550]">
                  {bundle.keeps ? (
                    <Link className="link" href={`/bundles/${bundle.id}`} prefetch={false}>
                      <bdi>{bundle.name}</bdi>
                    </Link>
                  ) : (
                    <bdi>{bundle.name}</bdi>
                  )}
                </p>
                <p className="text-soft text-sm">{bundle.roles.map(roleWords).join(' · ')}</p>
                <p className="text-faint text-xs">{whose(bundle)}</p>
              </td>
              <td className="w-[190px] text-right">
                <span className="flex flex-wrap justify-end gap-2">
                  <CopyLink name={bundle.name} path={`/activate?bundle=${bundle.id}`} />
                  <Link className="btn btn-small" href={`/activate?bundle=${bundle.id}`} prefetch={false}>
                    Use<span className="sr-only"> {bundle.name}</span>
                  </Link>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function roleWords(role: Bundle['roles'][number]): string {
  return `${roleAtScopeName(role)}${role.minutes === null ? '' : `, ${inWords(role.minutes)}`}`;
}

function whose({ shared, keeps, ownerName, shares }: Bundle): string {
  if (!shared) return 'yours alone';
  const whom = shares.map(({ name, isGroup }) => (isGroup ? `everybody in ${name}` : name)).join(', ');
  return keeps ? `shared with ${whom} · made by ${ownerName}` : `shared with you by an administrator`;
}
