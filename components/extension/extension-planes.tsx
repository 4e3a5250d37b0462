import { Ago } from '#components/ui/ago.tsx';
import { Section } from '#components/ui/section.tsx';
import { outcomeNames } from '#lib/domain/evaluation.ts';
import { planeNames } from '#lib/domain/plane.ts';
import type { ExtensionPlane } from '#lib/queries/evaluation-rows.ts';

/** Plane by plane: which roles have PIM ask Stint, and what PIM asked last. */
export function ExtensionPlanes({ now, rows }: { now: Date; rows: ExtensionPlane[] }) {
  return (
    <Section aside="as the settings of roles were last read" title="Where PIM asks Stint">
      <ul aria-label="Where PIM asks Stint" className="panel divide-y divide-line px-3.5 text-sm">
        {rows.map((row) => (
          <li
            className="grid gap-x-6 gap-y-1 py-2.5 md:grid-cols-[80px_minmax(0,1.4fr)_minmax(0,1fr)]"
            key={row.plane}
          >
            <span className="font-[550]">{planeNames[row.plane]}</span>
            <p>{linkedWords(row)}</p>
            <p className="text-soft">
              {row.last ? (
                <>
                  Asked <Ago at={row.last.at} now={now} />: {outcomeNames[row.last.outcome].toLowerCase()}. In
                  the last day {row.answered}, {row.denied} of them denied.
                </>
              ) : (
                'PIM has not asked yet.'
              )}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function linkedWords({ asked, known, off, others }: ExtensionPlane): string {
  if (known === 0) return 'No role’s settings were read yet.';
  const words = [
    `PIM asks Stint about ${asked === 0 ? 'none' : asked} of the ${known} roles it read`,
    off > 0 && `${off} more linked and switched off`,
    others > 0 && `${others} ask something else, or what Stint may not look up`,
  ];
  return `${words.filter(Boolean).join('; ')}.`;
}
