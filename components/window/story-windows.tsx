import Link from 'next/link';
import { When } from '#components/ui/when.tsx';
import { openNeeds } from '#lib/domain/need.ts';
import { type RequestStatus, statusNames } from '#lib/domain/request.ts';
import type { TicketKept } from '#lib/domain/ticket.ts';
import { inWords } from '#lib/domain/time.ts';
import type { JoinedWindows, RequestStory } from '#lib/queries/rows.ts';
import { StaysValid } from './stays-valid.tsx';

const running: readonly RequestStatus[] = ['active', 'ending'];

/** The windows before and after this one, the tickets it serves, and what outlives its end. */
export function StoryWindows({ story, own }: { story: RequestStory; own: boolean }) {
  const { joined, status, now, endAfter } = story;
  const { before, after, needs } = joined;
  const isOn = running.includes(status);
  const open = openNeeds(needs, now);
  return (
    <>
      {before && <Neighbour what="Follows" window={before} />}
      {after && <Neighbour what={isOn ? 'Followed by' : 'More time'} window={after} />}
      {needs.length > 0 && (
        <ul aria-label="Tickets" className="grid gap-0.5 text-sm">
          {needs.map((need) => (
            <li key={`${need.ticketNumber} ${need.until.getTime()}`}>
              <span className="font-[550]">{need.ticketNumber || 'What it was asked for'}</span>{' '}
              {need.ticket && <TicketThen ticket={need.ticket} />}
              <span className="text-soft">
                {isOn && open.includes(need) ? (
                  <>
                    needs it until <When at={need.until} />
                  </>
                ) : need.releasedAt ? (
                  <>
                    done at <When at={need.releasedAt} />
                  </>
                ) : (
                  <>
                    needed it until <When at={need.until} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {isOn && endAfter && (
        <p className="text-warn">
          Ends as soon as Azure allows, at <When at={endAfter} />.
        </p>
      )}
      {(status === 'ended' || status === 'ending') && <StaysValid own={own} />}
    </>
  );
}

/** As it was when it was added. */
function TicketThen({ ticket: { title, state, verdict, note, system } }: { ticket: TicketKept }) {
  const unchecked = verdict === 'unreachable' && `not checked: ${system} could not be asked, ${note}`;
  return (
    <span className="text-soft">
      {[title, state && `${state} then`, unchecked].filter(Boolean).join(' · ')}{' '}
    </span>
  );
}

function Neighbour({ what, window }: { what: string; window: NonNullable<JoinedWindows['before']> }) {
  const { id, status, minutes, startsAt } = window;
  return (
    <p className="text-sm text-soft">
      {what}{' '}
      <Link className="link" href={`/requests/${id}`} prefetch={false}>
        {inWords(minutes)}
        {startsAt && (
          <>
            {' '}
            from <When at={startsAt} />
          </>
        )}
      </Link>{' '}
      · {statusNames[status]}
    </p>
  );
}
