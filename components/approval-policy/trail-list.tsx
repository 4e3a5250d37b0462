import type { RuleTrail } from '#lib/domain/approval-policy.ts';

/** Why each rule is about it, or not: condition by condition. */
export function TrailList({ trail }: { trail: RuleTrail[] }) {
  if (trail.length === 0) return null;
  return (
    <section aria-label="Rule by rule" className="grid gap-1">
      <h3 className="font-semibold text-sm">Rule by rule</h3>
      <ol className="panel divide-y divide-line px-3.5">
        {trail.map(({ id, name, matches, lines }) => (
          <li className="py-2" key={id}>
            <p className={matches ? 'font-[550]' : 'text-soft'}>
              {name}: {matches ? 'about this' : 'not about this'}
            </p>
            <ul className="text-xs">
              {lines.map(({ condition, holds, why }) => (
                <li className={holds === false ? 'text-faint' : 'text-soft'} key={condition}>
                  {condition}: <b className="font-[550]">{said(holds)}</b>, {why}
                </li>
              ))}
              {lines.length === 0 && <li className="text-soft">asks nothing: it is about everything</li>}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

function said(holds: boolean | null): string {
  if (holds === null) return 'in doubt';
  return holds ? 'yes' : 'no';
}
