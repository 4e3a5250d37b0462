import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import { outsideKindNames } from '#lib/domain/outside-role.ts';
import type { OutsideRow } from '#lib/queries/access-rows.ts';

/** Privilege that no role assignment shows; nothing when there is none. */
export function OutsideList({ rows }: { rows: OutsideRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Section aside="privilege that no role assignment shows" title="Outside roles">
      <ul className="panel divide-y divide-line px-3.5 text-sm">
        {rows.map(({ id, kind, what, targetName, endsAt }) => (
          <li className="flex flex-wrap justify-between gap-x-6 py-1.5" key={id}>
            <span className="min-w-0 break-words">
              <span className="font-[550]">{what}</span>{' '}
              <span className="text-soft">
                {outsideKindNames[kind]} · {targetName}
              </span>
            </span>
            {endsAt && (
              <span className="text-faint text-xs">
                until <When at={endsAt} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
