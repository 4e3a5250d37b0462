import { Ago } from '#components/ui/ago.tsx';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import type { ChannelName } from '#lib/domain/delivery.ts';
import type { ChannelRow } from '#lib/queries/delivery-rows.ts';
import { tookWords } from './channel-facts.tsx';

export const channelWords: Record<ChannelName, string> = {
  ...{ mail: 'Mail', slack: 'Slack', teams: 'Teams', webhook: 'Webhooks' },
};

/** Every way out with what waits, fails and was given up. */
export function ChannelTable({ rows, now }: { rows: ChannelRow[]; now: Date }) {
  return (
    <StackedTable
      heads={['Way', 'Last sent', 'Took, 95 of 100', 'Waiting', 'Failing', 'Given up']}
      label="Ways out"
    >
      {rows.map((row) => {
        // Of a way that is not set up a phone shows no more than that.
        const look = row.isSetUp || row.waiting + row.failing + row.dead > 0 ? '' : 'max-md:hidden';
        return (
          <StackedRow key={row.name}>
            <StackedCell look="font-[550]">
              {channelWords[row.name]}{' '}
              {!row.isSetUp && <span className="font-normal text-faint text-xs">not set up</span>}
            </StackedCell>
            <StackedCell look={look}>
              <Stacked name="last sent" />
              {row.lastSentAt ? <Ago at={row.lastSentAt} now={now} /> : 'nothing yet'}
            </StackedCell>
            <StackedCell look={look}>
              <Stacked name="took, 95 of 100" />
              {row.p95Seconds === null ? '–' : tookWords(row.p95Seconds)}
            </StackedCell>
            <StackedCell look={look}>
              <Stacked name="waiting" />
              {row.waiting}
              {row.oldestAt && (
                <span className="text-faint text-xs">
                  {' '}
                  since <Ago at={row.oldestAt} now={now} />
                </span>
              )}
            </StackedCell>
            <StackedCell look={row.failing > 0 ? 'text-warn' : look}>
              <Stacked name="failing" />
              {row.failing}
            </StackedCell>
            <StackedCell look={row.dead > 0 ? 'text-warn' : look}>
              <Stacked name="given up" />
              {row.dead}
            </StackedCell>
          </StackedRow>
        );
      })}
    </StackedTable>
  );
}

/** The head of a column where rows stack. */
function Stacked({ name }: { name: string }) {
  return <span className="text-faint text-xs md:hidden">{name} </span>;
}
