import type { ReactNode } from 'react';
import { Ago } from '#components/ui/ago.tsx';
import { inWords } from '#lib/domain/time.ts';
import type { ApprovalCard } from '#lib/queries/approval-rows.ts';
import { Abilities } from './abilities.tsx';
import { askedAsWords, lastWords } from './card-words.ts';
import { RoleLatelyFacts } from './role-lately-facts.tsx';

/** What the ten seconds do not need: all that the role can, earlier times, and what else the person holds. */
export function CardMore({ card, now }: { card: ApprovalCard; now: Date }) {
  const { stage, before, othersMinutes } = card;
  const asked = stage && askedAsWords(stage);
  const earlier = before.last.slice(1);
  return (
    <details className="text-sm">
      <summary className="w-fit max-w-full py-1 text-soft">
        More <span className="text-faint text-xs">all that it can, earlier times, what they hold</span>
      </summary>
      <dl className="mt-1 grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 [&_dt]:text-faint sm:grid-cols-[92px_minmax(0,1fr)]">
        <Line name="Can">
          <Abilities plane={card.plane} role={card.role} />
        </Line>
        {asked && <Line name="Asked">{asked}</Line>}
        {earlier.length > 0 && (
          <Line name="Earlier">
            <ul>
              {earlier.map((one) => (
                <li key={one.at.getTime()}>
                  <Ago at={one.at} now={now} />: {lastWords(one)}
                </li>
              ))}
            </ul>
          </Line>
        )}
        {othersMinutes !== null && (
          <Line name="Usual">Others usually take {inWords(othersMinutes)} of it.</Line>
        )}
        {card.lately && (
          <Line isNarrow name="90 days">
            <RoleLatelyFacts lately={card.lately} now={now} />
          </Line>
        )}
        {card.holds !== null && card.holds.length > 0 && (
          <Line name="Holds">
            <ul>
              {card.holds.map(({ roleName, scopeName, endsAt }) => (
                <li key={`${roleName} ${scopeName}`}>
                  {roleName}, {scopeName}
                  {endsAt && (
                    <span className="text-soft text-xs">
                      {' '}
                      until <Ago at={endsAt} now={now} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </Line>
        )}
      </dl>
    </details>
  );
}

/** `isNarrow`: where there is room it stands beside the card. */
function Line({ name, isNarrow, children }: { name: string; isNarrow?: boolean; children: ReactNode }) {
  const shown = isNarrow ? 'xl:hidden' : undefined;
  return (
    <>
      <dt className={shown}>{name}</dt>
      <dd className={shown}>{children}</dd>
    </>
  );
}
