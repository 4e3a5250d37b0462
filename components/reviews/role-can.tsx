import { Chip } from '#components/ui/chip.tsx';
import { Section } from '#components/ui/section.tsx';
import type { ItemStory } from '#lib/queries/review-rows.ts';

const shown = 30;

/** What the role lets its holder do, the dangerous first. */
export function RoleCan({ role }: { role: ItemStory['role'] }) {
  if (!role) {
    return (
      <Section title="What it can do">
        <p className="panel px-3.5 py-2.5 text-sm text-soft">
          Everything the group holds, or not known: Stint has no definition of it.
        </p>
      </Section>
    );
  }
  const actions = [...role.actions, ...role.dataActions];
  return (
    <Section title="What it can do">
      <div className="panel grid gap-2 px-3.5 py-2.5 text-sm">
        <p>{role.description}</p>
        {role.dangers.length > 0 && (
          <p className="flex flex-wrap gap-1.5">
            {role.dangers.map(({ what, action }) => (
              <Chip key={what} title={action} tone="risk">
                {what}
              </Chip>
            ))}
          </p>
        )}
        {actions.length > 0 && (
          <details>
            <summary className="w-fit py-1 text-soft text-xs">
              {actions.length === 1 ? 'One action' : `${actions.length} actions`}
            </summary>
            <ul className="grid gap-0.5 font-mono text-soft text-xs">
              {actions.slice(0, shown).map((action) => (
                <li className="break-all" key={action}>
                  {action}
                </li>
              ))}
              {actions.length > shown && <li className="font-sans">and {actions.length - shown} more</li>}
            </ul>
          </details>
        )}
      </div>
    </Section>
  );
}
