import { Ago } from '#components/ui/ago.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Operations } from '#lib/queries/operations-rows.ts';

/** Who runs the jobs, and when it last said so. */
export function Workers({ now, rows }: { now: Date; rows: Operations['workers'] }) {
  const none = rows.every(({ silent }) => silent);
  return (
    <Section title="Workers">
      {none && (
        <Notice>
          Nobody runs jobs: what people ask for is kept, and waits. Start a worker, or look into its log.
        </Notice>
      )}
      {rows.length > 0 && (
        <ul aria-label="Workers" className="panel mt-1 divide-y divide-line px-3.5 text-sm">
          {rows.map(({ name, beatAt, silent }) => (
            <li className="flex flex-wrap justify-between gap-x-6 py-2" key={name}>
              <span className="font-[550]">{name}</span>
              <span className={silent ? 'text-warn' : 'text-soft'}>
                {silent ? 'silent, last heard ' : 'heard '}
                <Ago at={beatAt} now={now} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
