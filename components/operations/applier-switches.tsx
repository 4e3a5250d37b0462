import type { ReactNode } from 'react';
import { ActionButton } from '#components/requests/action-button.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import { type Plane, planeNames, planes } from '#lib/domain/plane.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { SwitchRow } from '#lib/queries/applier-rows.ts';
import { ScopeSwitch } from './scope-switch.tsx';

export type Switch = (where: { on: boolean; plane: Plane; scope: string }) => Promise<Outcome<null>>;

const what: Record<Plane, string> = {
  entra: 'Entra roles of the whole directory',
  azure: 'Azure roles everywhere',
  group: 'members and owners of every group',
};

/** Where the Applier may act. A plane as a whole, or Azure scope by scope. */
export function ApplierSwitches({ rows, act }: { rows: SwitchRow[]; act: Switch }) {
  const scopes = rows.filter(({ scopeId }) => scopeId !== '/');
  return (
    <Section aside="off wherever nothing is said" title="Where it may act">
      <ul aria-label="Switches" className="panel divide-y divide-line px-3.5 text-sm">
        {planes.map((plane) => {
          const on = rows.find((row) => row.plane === plane && row.scopeId === '/');
          return (
            <Line
              act={() => act.bind(null, { on: !on, plane, scope: '/' })}
              key={plane}
              label={`${on ? 'Switch off' : 'Switch on'} ${planeNames[plane]}`}
              on={on}
            >
              <span className="font-[550]">{planeNames[plane]}</span>{' '}
              <span className="text-soft">{what[plane]}</span>
            </Line>
          );
        })}
        {scopes.map((row) => (
          <Line
            act={() => act.bind(null, { on: false, plane: row.plane, scope: row.scopeId })}
            key={row.scopeId}
            label="Switch off"
            on={row}
          >
            <span className="font-[550]">{planeNames[row.plane]}</span>{' '}
            <code className="break-all text-soft text-xs">{row.scopeId}</code>
          </Line>
        ))}
        <li className="py-2.5">
          <ScopeSwitch act={act} />
        </li>
      </ul>
    </Section>
  );
}

interface LineProps {
  children: ReactNode;
  label: string;
  on: SwitchRow | undefined;
  act: () => () => Promise<Outcome<null>>;
}

function Line({ children, label, on, act }: LineProps) {
  return (
    <li className="grid gap-x-6 gap-y-1 py-2.5 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
      <div className="min-w-0">
        <p>{children}</p>
        <p className={on ? '' : 'text-faint'}>
          {on ? (
            <>
              On, since <When at={on.switchedAt} />, by {on.switchedByName}
            </>
          ) : (
            'Off'
          )}
        </p>
      </div>
      <ActionButton label={label} look="btn btn-small" run={act()} />
    </li>
  );
}
