import { Section } from '#components/ui/section.tsx';
import type { Needed } from '#lib/domain/role-size.ts';

interface Props {
  title: string;
  aside?: string;
  /** Patterns as Azure writes them. */
  actions: readonly Needed[];
  /** What it means that there are none. */
  none: string;
}

const shown = 40;

/** Actions of a role, in Azure's own words; long lists folded. */
export function RoleActions({ title, aside, actions, none }: Props) {
  return (
    <Section aside={aside ?? String(actions.length)} title={title}>
      {actions.length === 0 ? (
        <p className="panel px-3.5 py-2.5 text-sm text-soft">{none}</p>
      ) : (
        <div className="panel px-3.5 py-2">
          <List actions={actions.slice(0, shown)} />
          {actions.length > shown && (
            <details>
              <summary className="w-fit py-1 text-faint text-sm">{actions.length - shown} more</summary>
              <List actions={actions.slice(shown)} />
            </details>
          )}
        </div>
      )}
    </Section>
  );
}

function List({ actions }: { actions: readonly Needed[] }) {
  return (
    <ul className="text-sm">
      {actions.map(({ action, data }) => (
        <li className="break-all py-0.5 font-mono text-xs" key={`${data} ${action}`}>
          {action}
          {data && <span className="ml-2 font-sans text-faint">data</span>}
        </li>
      ))}
    </ul>
  );
}
