import { Chip } from '#components/ui/chip.tsx';
import type { ApprovalCard } from '#lib/queries/rows.ts';
import { actionsWords } from './card-words.ts';

/** What the role lets its holder do: in words, the dangerous lifted out, the actions themselves one click away. */
export function Abilities({ role, plane }: Pick<ApprovalCard, 'role' | 'plane'>) {
  if (plane === 'group') return 'The group, and with it everything the group holds.';
  if (!role) return 'What this role can do is not known to Stint yet.';
  const more = role.actions - role.sample.length;
  return (
    <>
      <p>{role.description}</p>
      {role.dangers.length > 0 && (
        <p className="mt-1 flex flex-wrap gap-1.5">
          {role.dangers.map(({ what, action }) => (
            <Chip key={what} title={action} tone="risk">
              {what}
            </Chip>
          ))}
        </p>
      )}
      {role.sample.length > 0 && (
        <details className="mt-1">
          <summary className="w-fit py-1 text-soft text-xs">{actionsWords(role)}</summary>
          <ul className="mt-1 grid gap-0.5 font-mono text-soft text-xs">
            {role.sample.map((action) => (
              <li className="break-all" key={action}>
                {action}
              </li>
            ))}
            {more > 0 && <li className="font-sans">and {more} more</li>}
          </ul>
        </details>
      )}
    </>
  );
}
