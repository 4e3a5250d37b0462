import { RoleName } from '#components/roles/role-name.tsx';
import { When } from '#components/ui/when.tsx';
import type { MyAccess } from '#lib/queries/rows.ts';

/** Access that is there without activation, told quietly: it is a fact, not a task. */
export function Standing({ rows }: { rows: MyAccess['standing'] }) {
  if (rows.length === 0) return null;
  return (
    <details className="mb-7">
      <summary className="w-fit py-1 text-faint text-sm">
        {rows.length} standing {rows.length === 1 ? 'assignment' : 'assignments'}: on without asking
      </summary>
      <ul className="panel mt-2 divide-y divide-line px-3.5">
        {rows.map((row) => (
          <li className="flex flex-wrap items-center justify-between gap-x-6 py-2" key={row.key}>
            <RoleName role={row} />
            <span className="text-faint text-xs">
              {row.endsAt ? (
                <>
                  until <When at={row.endsAt} />
                </>
              ) : (
                'no end'
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
