import type { ReactNode } from 'react';
import { Ago } from '#components/ui/ago.tsx';
import { inWords } from '#lib/domain/time.ts';
import type { ApprovalCard } from '#lib/queries/approval-rows.ts';
import { Abilities } from './abilities.tsx';
import { askedAsWords, beforeWords, lastWords, othersWords, signedWords, stageWords } from './card-words.ts';
import { RoleLatelyFacts } from './role-lately-facts.tsx';

/** What the ten seconds do not need: habits, the policy and who else is there. Its first line says what to expect. */
export function CardMore({ card, now }: { card: ApprovalCard; now: Date }) {
  const { stage, before, othersMinutes } = card;
  const asked = stage && askedAsWords(stage);
  return (
    <details className="text-sm">
      <summary className="w-fit max-w-full py-1 text-soft">
        More <span className="text-faint text-xs">{beforeWords(before)}</span>
      </summary>
      <dl className="mt-1 grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 [&_dt]:text-faint sm:grid-cols-[92px_minmax(0,1fr)]">
        <Line name="Can">
          <Abilities plane={card.plane} role={card.role} />
        </Line>
        <Line name="Before">
          {beforeWords(before)}
          {before.last.length > 0 && (
            <ul className="mt-0.5 text-soft text-xs">
              {before.last.map((one) => (
                <li key={one.at.getTime()}>
                  <Ago at={one.at} now={now} />: {lastWords(one)}
                </li>
              ))}
            </ul>
          )}
          {othersMinutes !== null && (
            <p className="text-soft text-xs">Others usually take {inWords(othersMinutes)} of it.</p>
          )}
        </Line>
        {stage && (
          <Line name="Policy">
            Rule “{stage.rule}”, {stageWords(stage)}
            {stage.signed.length > 0 && `; signed by ${signedWords(stage)}`}
            {asked && <p className="text-soft text-xs">{asked}</p>}
          </Line>
        )}
        {card.lately && (
          <Line isNarrow name="90 days">
            <RoleLatelyFacts lately={card.lately} now={now} />
          </Line>
        )}
        <Line name="Others">{othersWords(card.others, now)}</Line>
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
