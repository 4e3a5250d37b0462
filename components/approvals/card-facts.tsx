import { roleTitle } from '#components/roles/role-words.ts';
import { TicketFacts } from '#components/tickets/ticket-facts.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { When } from '#components/ui/when.tsx';
import { WindowBar } from '#components/ui/window-bar.tsx';
import { addsWords } from '#lib/domain/adds-words.ts';
import { inWords } from '#lib/domain/time.ts';
import type { ApprovalCard } from '#lib/queries/approval-rows.ts';
import { CardHabits } from './card-habits.tsx';
import { CardMore } from './card-more.tsx';
import { lengthWords, stageWords } from './card-words.ts';
import { RequestRiskLine } from './request-risk-line.tsx';
import { ScopePath } from './scope-path.tsx';

/** What is decided: who asks for what, for how long, and the lines that most decisions are made by. */
export function CardFacts({ card, now }: { card: ApprovalCard; now: Date }) {
  const { maximumMinutes: maximum, before } = card;
  return (
    <>
      <CardHead card={card} now={now} />
      <WindowBar
        kind="ask"
        lead={inWords(card.minutes)}
        part={maximum ? card.minutes / maximum : 1}
        rest={lengthWords(card)}
        usual={maximum && before.usualMinutes !== null ? before.usualMinutes / maximum : null}
      />
      <RequestRiskLine risk={card.risk} />
      <dl className="grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm [&_dt]:text-faint sm:grid-cols-[92px_minmax(0,1fr)]">
        <dt>Scope</dt>
        <dd>
          <ScopePath card={card} />
        </dd>
        <dt>Reason</dt>
        <dd className="whitespace-pre-line" dir="auto">
          {card.justification || 'none given'}
        </dd>
        <dt>Ticket</dt>
        <dd>
          <TicketFacts none="none given" number={card.ticketNumber} ticket={card.ticket} />
        </dd>
        <dt>Adds</dt>
        <dd>
          {addsWords(card)}
          <Dangers dangers={card.role?.dangers ?? []} />
        </dd>
        {card.startsAt && (
          <>
            <dt>From</dt>
            <dd>
              <When at={card.startsAt} />
            </dd>
          </>
        )}
        <CardHabits card={card} now={now} />
      </dl>
      <CardMore card={card} now={now} />
    </>
  );
}

const mostDangers = 4;

/** The dangerous of it, the worst first; what does not fit is under More. */
function Dangers({ dangers }: { dangers: NonNullable<ApprovalCard['role']>['dangers'] }) {
  if (dangers.length === 0) return null;
  const more = dangers.length - mostDangers;
  return (
    <span className="mt-1 mb-0.5 flex flex-wrap gap-1.5">
      {dangers.slice(0, mostDangers).map(({ what, action }) => (
        <Chip key={what} title={action} tone="risk">
          {what}
        </Chip>
      ))}
      {more > 0 && <Chip tone="risk">and {more} more</Chip>}
    </span>
  );
}

function CardHead({ card, now }: { card: ApprovalCard; now: Date }) {
  const { requester, stage } = card;
  const { main, aside } = roleTitle(card);
  return (
    <div className="flex items-start gap-2.5">
      <span
        aria-hidden="true"
        className="hidden size-[30px] shrink-0 place-items-center rounded-full bg-wash text-soft text-xs sm:grid"
      >
        {Array.from(requester.name)[0]}
      </span>
      <div className="min-w-0">
        <h2>
          <bdi className="font-semibold">{requester.name}</bdi>{' '}
          {requester.guest && <Chip tone="warn">guest</Chip>} asks for{' '}
          <bdi className="font-semibold">{main}</bdi> {aside}
        </h2>
        <p className="text-faint text-xs">
          {[requester.jobTitle, requester.department].filter(Boolean).map((fact) => `${fact} · `)}
          asked <Ago at={card.filedAt} now={now} /> ·{' '}
          {card.asks === 'stint' && stage && `${stageWords(stage)} · `}
          lapses <Ago at={card.lapsesAt} now={now} />
        </p>
      </div>
    </div>
  );
}
