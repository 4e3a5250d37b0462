import { roleAtScopeName, roleTitle, scopeWords } from '#components/roles/role-words.ts';
import { StepUpButton } from '#components/step-up/step-up-button.tsx';
import { TicketFacts } from '#components/tickets/ticket-facts.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { When } from '#components/ui/when.tsx';
import { WindowBar } from '#components/ui/window-bar.tsx';
import { inWords } from '#lib/domain/time.ts';
import type { ApprovalCard } from '#lib/queries/rows.ts';
import { Abilities } from './abilities.tsx';
import { beforeWords, othersWords } from './card-words.ts';
import { type Decide, DecisionForm } from './decision-form.tsx';

interface Props {
  card: ApprovalCard;
  now: Date;
  decide: Decide;
}

/** One request with everything needed to decide it in ten seconds. */
export function Card({ card, now, decide }: Props) {
  const { requester, before } = card;
  const { main, aside } = roleTitle(card);
  const { plane, name, kind } = scopeWords(card);
  const maximum = card.maximumMinutes;
  const bar = {
    part: maximum ? card.minutes / maximum : 1,
    usual: maximum && before.usualMinutes !== null ? before.usualMinutes / maximum : null,
    rest: [
      before.usualMinutes !== null && `usually ${inWords(before.usualMinutes)}`,
      maximum ? `policy allows ${inWords(maximum)}` : 'policy not known',
    ]
      .filter(Boolean)
      .join(' · '),
  };
  return (
    <article
      aria-label={`${requester.name}: ${roleAtScopeName(card)}`}
      className="panel grid scroll-mt-24 grid-cols-1 gap-3 rounded-xl p-4 focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)] focus:border-accent focus:shadow-[0_0_0_1px_var(--accent)]"
      data-card=""
      id={card.requestId}
      tabIndex={-1}
    >
      <div className="flex items-start gap-2.5">
        <span
          aria-hidden="true"
          className="grid size-[30px] shrink-0 place-items-center rounded-full bg-wash text-soft text-xs"
        >
          {Array.from(requester.name)[0]}
        </span>
        <div className="min-w-0">
          <h3>
            <bdi className="font-semibold">{requester.name}</bdi>{' '}
            {requester.guest && <Chip tone="warn">guest</Chip>} asks for{' '}
            <bdi className="font-semibold">{main}</bdi> {aside}
          </h3>
          <p className="text-faint text-xs">
            {[requester.jobTitle, requester.department].filter(Boolean).map((fact) => `${fact} · `)}
            asked <Ago at={card.filedAt} now={now} /> · lapses <Ago at={card.lapsesAt} now={now} />
          </p>
        </div>
      </div>
      <WindowBar kind="ask" lead={inWords(card.minutes)} part={bar.part} rest={bar.rest} usual={bar.usual} />
      <dl className="grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm [&_dt]:text-faint sm:grid-cols-[92px_minmax(0,1fr)]">
        <dt>Scope</dt>
        <dd>
          {plane}
          {name && (
            <>
              {' · '}
              <bdi className="font-[550]">{name}</bdi>
            </>
          )}
          {kind && ` (${kind})`}
        </dd>
        <dt>Reason</dt>
        <dd className="whitespace-pre-line" dir="auto">
          {card.justification || 'none given'}
        </dd>
        <dt>Ticket</dt>
        <dd>
          <TicketFacts none="none given" number={card.ticketNumber} ticket={card.ticket} />
        </dd>
        {card.startsAt && (
          <>
            <dt>From</dt>
            <dd>
              <When at={card.startsAt} />
            </dd>
          </>
        )}
        <dt>Adds</dt>
        <dd>
          <Abilities plane={card.plane} role={card.role} />
        </dd>
        <dt>Before</dt>
        <dd>
          {beforeWords(before)}
          {before.lastAt && (
            <>
              , last <Ago at={before.lastAt} now={now} />
            </>
          )}
        </dd>
        <dt>Others</dt>
        <dd>{othersWords(card.others)}</dd>
      </dl>
      {card.failure && <Notice>Azure did not take your last decision: {card.failure}</Notice>}
      {card.stepUp && (
        <div>
          <StepUpButton
            ask={card.stepUp}
            decisionId={card.stepUp.decisionId}
            name={`${roleAtScopeName(card)} for ${requester.name}`}
            requestId={card.requestId}
          />
        </div>
      )}
      {card.deciding ? (
        <p className="text-soft" role="status">
          {card.deciding.approve ? 'The approval' : 'The denial'} of {card.deciding.name} is on its way to
          Azure…
        </p>
      ) : (
        <DecisionForm decide={decide} requestId={card.requestId} />
      )}
    </article>
  );
}
