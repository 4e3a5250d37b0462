import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import { minutesBetween } from '#lib/domain/time.ts';
import { type UseSource, useSourceNames } from '#lib/domain/use.ts';
import type { UseKnown } from '#lib/queries/inventory-rows.ts';

const cell = 'px-2.5 py-1.5 text-left align-top first:pl-3.5';
const wantedDays = 90;
const about: Record<UseSource, string> = {
  stint: 'reads every activation once a minute',
  azure_audit: 'keeps 30 days; read with every reading of the tenant',
  archive: 'what somebody exported and brought here',
};

/** From when to when each source knows every activation, and since when all of them together do. */
export function UseSources({ known: { now, since, sources, unclear } }: { known: UseKnown }) {
  const days = since ? Math.floor(minutesBetween(since, now) / 1440) : 0;
  return (
    <Section
      aside={since ? `${days} ${days === 1 ? 'day' : 'days'} without a hole` : 'nothing yet'}
      title="Known since"
    >
      <div className="mb-3 space-y-3">
        {days < wantedDays && (
          <Notice>
            {since ? (
              <>
                Every activation is known since <When at={since} />.
              </>
            ) : (
              'It is not known yet, or not any more, who activates what: see under Overview what could not be read.'
            )}{' '}
            What is said of {wantedDays} days waits until {wantedDays} days are known; an archive of the audit
            log reaches further back.
          </Notice>
        )}
        {unclear > 0 && (
          <Notice>
            {unclear === 1 ? 'One entry' : `${unclear} entries`} of the tenant’s audit log could not be
            understood. It counts as known up to the reading before; Stint’s own watch goes on.
          </Notice>
        )}
        {since && days >= wantedDays && (
          <p className="text-sm">
            Every activation is known since <When at={since} />.
          </p>
        )}
      </div>
      <div className="panel overflow-x-auto">
        <table aria-label="Sources" className="w-full border-collapse text-sm">
          <thead>
            <tr className="text-faint text-xs">
              {['Source', 'Knows every activation', 'Tells of'].map((head) => (
                <th className={`${cell} font-normal`} key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sources.map(({ source, activations, covered }) => (
              <tr className="border-line border-t" key={source}>
                <th className={`${cell} font-[550]`} scope="row">
                  {useSourceNames[source]}
                  <span className="block font-normal text-faint text-xs">{about[source]}</span>
                </th>
                <td className={cell}>
                  {covered.length === 0 && <span className="text-faint">not yet</span>}
                  {covered.slice(-6).map(({ fromAt, untilAt }) => (
                    <span className="block" key={fromAt.toISOString()}>
                      <When at={fromAt} /> to <When at={untilAt} />
                    </span>
                  ))}
                </td>
                <td className={`${cell} text-soft`}>
                  {activations === null ? 'see History' : `${activations.toLocaleString('en')} activations`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
