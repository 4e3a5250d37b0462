import { Ago } from '#components/ui/ago.tsx';
import { Section } from '#components/ui/section.tsx';
import { planeNames } from '#lib/domain/plane.ts';
import type { PlaneReadings } from '#lib/queries/operations-rows.ts';

/** How well each plane of Azure is known: everybody’s activations, and people’s own access. */
export function ReadingsTable({ now, rows }: { now: Date; rows: PlaneReadings[] }) {
  return (
    <Section aside="what Stint knows of Azure, and since when" title="Readings">
      <ul aria-label="Readings" className="panel divide-y divide-line px-3.5 text-sm">
        {rows.map((row) => (
          <li
            className="grid gap-x-6 gap-y-1 py-2.5 md:grid-cols-[80px_minmax(0,1.4fr)_minmax(0,1fr)]"
            key={row.plane}
          >
            <span className="font-[550]">{planeNames[row.plane]}</span>
            <Watch now={now} row={row} />
            <Mirror mirror={row.mirror} now={now} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Watch({ now, row: { watch, watchedAt } }: { now: Date; row: PlaneReadings }) {
  if (!watch) return <p className="text-soft">Everybody’s activations: not read yet.</p>;
  const { finishedAt, failure, gaps, held, places } = watch;
  return (
    <div className="min-w-0">
      <p>
        Everybody’s activations: {held} in {places} {places === 1 ? 'place' : 'places'},{' '}
        <Ago at={finishedAt} now={now} />
      </p>
      {failure && (
        <p className="text-warn">
          {failure} {watchedAt ? 'Last good reading ' : 'Never read well.'}
          {watchedAt && <Ago at={watchedAt} now={now} />}
        </p>
      )}
      {gaps.length > 0 && (
        <details>
          <summary className="w-fit py-1 text-warn">
            {gaps.length} {gaps.length === 1 ? 'place' : 'places'} did not answer
          </summary>
          <ul className="text-soft text-xs">
            {gaps.map(({ place, why }) => (
              <li className="break-all" key={place}>
                {place}: {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Mirror({ mirror, now }: { mirror: PlaneReadings['mirror']; now: Date }) {
  const { failing, newestAt, oldestAt, people } = mirror;
  if (people === 0) return <p className="text-soft">Own access: of nobody yet.</p>;
  return (
    <div className="min-w-0">
      <p>
        Own access: of {people} {people === 1 ? 'person' : 'people'}
        {newestAt && (
          <>
            , newest <Ago at={newestAt} now={now} />
          </>
        )}
        {oldestAt && people > 1 && (
          <>
            , oldest <Ago at={oldestAt} now={now} />
          </>
        )}
      </p>
      {failing > 0 && (
        <p className="text-warn">
          The last reading of {failing} {failing === 1 ? 'person' : 'people'} failed.
        </p>
      )}
    </div>
  );
}
