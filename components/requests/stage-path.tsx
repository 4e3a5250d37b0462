import { Ago } from '#components/ui/ago.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { orList } from '#components/ui/or-list.ts';
import { When } from '#components/ui/when.tsx';
import type { RequestTalk, StageStep } from '#lib/queries/talk-rows.ts';
import { SignerLine } from './signer-line.tsx';

const dots: Record<StageStep['state'], string> = {
  done: 'border-live bg-live',
  now: 'border-warn bg-sheet',
  to_come: 'border-edge bg-sheet',
  not_reached: 'border-edge bg-sheet',
};
const states: Record<StageStep['state'], string> = {
  done: 'Signed',
  now: 'Waits now',
  to_come: 'To come',
  not_reached: 'Not reached',
};

/** The stages of Stint’s own approval in their order: who signed, who can now, and what is still to come. */
export function StagePath({ talk }: { talk: Pick<RequestTalk, 'rule' | 'stages' | 'now' | 'lapsesAt'> }) {
  const { rule, stages, now, lapsesAt } = talk;
  return (
    <section aria-label="Stages">
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-2">
        <h2 className="font-semibold text-sm text-soft">Stages</h2>
        <span className="text-faint text-xs">
          by the rule “{rule}”
          {lapsesAt && (
            <>
              {' · unsigned it lapses '}
              <Ago at={lapsesAt} now={now} />
            </>
          )}
        </span>
      </div>
      <ol className="panel px-4 py-4">
        {stages.map((stage, index) => (
          <li
            aria-current={stage.state === 'now' ? 'step' : undefined}
            className="relative border-line-2 border-l pb-5 pl-5 last:border-transparent last:pb-0"
            // biome-ignore lint/suspicious/noArrayIndexKey: stages have no other name of their own, and never move.
            key={index}
          >
            <span
              aria-hidden="true"
              className={`absolute top-[5px] -left-[6px] size-[11px] rounded-full border-2 ${dots[stage.state]}`}
            />
            <Step now={now} stage={stage} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Step({ stage, now }: { stage: StageStep; now: Date }) {
  const { name, state, needed, signed, sets, signers } = stage;
  const yes = signed.filter(({ approve, isIntended }) => approve && !isIntended).length;
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="min-w-0 wrap-anywhere font-[550]">{name}</h3>
        <Chip tone={state === 'now' ? 'warn' : 'plain'}>{states[state]}</Chip>
        <span className="text-faint text-xs">
          {yes} of {needed} {needed === 1 ? 'signature' : 'signatures'}
        </span>
      </div>
      {signed.map((one) => (
        <div className="mt-1 text-sm" key={one.id}>
          <p>
            <bdi className="font-[550]">{one.name}</bdi>
            {one.forName && <span className="text-faint"> in place of {one.forName}</span>}{' '}
            {one.isIntended ? (
              'signed a moment ago; Stint is looking whether it counts…'
            ) : (
              <>
                {one.approve ? 'signed' : 'denied it'} <When at={one.at} />
              </>
            )}
          </p>
          {one.justification && (
            <p className="wrap-anywhere whitespace-pre-line text-soft" dir="auto">
              “{one.justification}”
            </p>
          )}
        </div>
      ))}
      {state === 'to_come' && <p className="mt-1 text-sm text-soft">{orList(sets)} will be asked.</p>}
      {state === 'now' &&
        (signers.length > 0 ? (
          <>
            <p className="mt-2 text-faint text-xs">Can sign now</p>
            <ul className="mt-0.5 grid gap-1.5 text-sm">
              {signers.map((signer) => (
                <SignerLine key={signer.id} now={now} signer={signer} />
              ))}
            </ul>
          </>
        ) : (
          <p className="mt-1 text-sm text-warn">Nobody else can sign this now. Administrators were told.</p>
        ))}
      <Escalation now={now} stage={stage} />
    </>
  );
}

function Escalation({ stage: { state, escalation }, now }: { stage: StageStep; now: Date }) {
  if (state !== 'now' || !escalation) return null;
  return (
    <p className="mt-2 text-faint text-xs">
      {escalation.isDone ? (
        `${orList(escalation.sets)} was asked as well, since nobody signed for long.`
      ) : (
        <>
          {orList(escalation.sets)} will be asked as well{' '}
          {escalation.at && <Ago at={escalation.at} now={now} />}, if it still waits then.
        </>
      )}
    </p>
  );
}
