import { actionsWords } from '#lib/domain/adds-words.ts';
import type { ApprovalCard } from '#lib/queries/approval-rows.ts';

/** What the role lets its holder do, in words and by its actions. The dangerous of it comes first. */
export function Abilities({ role, plane }: Pick<ApprovalCard, 'role' | 'plane'>) {
  if (plane === 'group') return 'The group, and with it everything the group holds.';
  if (!role) return 'What this role can do is not known to Stint yet.';
  const more = role.actions - role.sample.length;
  return (
    <>
      <p>{role.description}</p>
      {role.dangers.length > 0 && (
        <p className="mt-1">Dangerous: {role.dangers.map(({ what }) => what).join(', ')}.</p>
      )}
      {role.sample.length > 0 && (
        <>
          <p className="mt-1 text-faint text-xs">{actionsWords(role)}</p>
          <ul className="mt-1 grid gap-0.5 font-mono text-soft text-xs">
            {role.sample.map((action) => (
              <li className="break-all" key={action}>
                {action}
              </li>
            ))}
            {more > 0 && <li className="font-sans">and {more} more</li>}
          </ul>
        </>
      )}
    </>
  );
}
