'use client';

import Link from 'next/link';
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { StepUpButton } from '#components/step-up/step-up-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { ApprovalCard } from '#lib/queries/approval-rows.ts';
import { type Decide, DecisionForm } from './decision-form.tsx';

export interface QueueItem
  extends Pick<ApprovalCard, 'asks' | 'deciding' | 'failure' | 'stepUp' | 'signed' | 'alone'> {
  /** The request's. */
  id: string;
  /** Of Stint's own stages the one that is shown, the first as 1; null: none is. */
  shownStage: number | null;
  /** `Ada Lind: Contributor on Staging`. */
  name: string;
}

interface Props {
  item: QueueItem;
  facts: ReactNode;
  /** What else can be said about it than yes and no. */
  talk: ReactNode;
  settled: string | null;
  /** Some of the page may be decided together. */
  isBulk: boolean;
  isSelected: boolean;
  onSelect: (on: boolean) => void;
  /** What became of it when it was decided together with others. */
  note: string | null;
  decide: Decide;
}

const onItsWay = {
  pim: 'is on its way to Azure…',
  stint: 'is being looked at: who signs must still be one who may.',
} as const;

/** One request with everything needed to decide it in ten seconds. */
export function QueueCard({ item, facts, talk, settled, isBulk, isSelected, onSelect, note, decide }: Props) {
  const [lost, setLost] = useState<string | null>(null);
  const [open, setOpen] = useState<HTMLElement | null>(null);
  const height = useRef(0);
  const { deciding, failure, stepUp, asks, signed } = item;
  // What loses its form, and then all but its name, stays as high: nothing below it moves.
  useLayoutEffect(() => {
    if (open?.isConnected && !deciding) height.current = open.offsetHeight;
  });
  const became = settled ?? lost;
  if (became)
    return <SettledCard height={height.current} item={item} text={settled && lost ? lost : became} />;
  return (
    <article
      aria-label={item.name}
      className="panel grid scroll-mt-24 grid-cols-1 content-start gap-3 rounded-xl p-4 focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)] focus:border-accent focus:shadow-[0_0_0_1px_var(--accent)]"
      data-card=""
      id={item.id}
      ref={setOpen}
      style={deciding ? { minHeight: height.current } : undefined}
      tabIndex={-1}
    >
      {isBulk && <Selection isSelected={isSelected} item={item} onSelect={onSelect} />}
      {facts}
      {signed && (
        <p className="text-sm">
          You signed this for Stint already; PIM asks for its own approval too. Approving here tells Azure.
        </p>
      )}
      {failure && (
        <Notice>
          {asks === 'pim' ? 'Azure did not take your last decision:' : 'Your signature did not count:'}{' '}
          {failure}
        </Notice>
      )}
      {note && <Notice alert>{note}</Notice>}
      {stepUp && (
        <div>
          <StepUpButton ask={stepUp} decisionId={stepUp.decisionId} name={item.name} requestId={item.id} />
        </div>
      )}
      {deciding ? (
        <div className="flex flex-wrap items-center gap-2">
          <p className="text-soft" role="status">
            {deciding.approve ? 'The approval' : 'The denial'} of {deciding.name} {onItsWay[asks]}
          </p>
          <OpenLink item={item} />
        </div>
      ) : (
        <>
          <DecisionForm
            asks={asks}
            decide={decide}
            onLost={setLost}
            requestId={item.id}
            shownStage={item.shownStage}
          >
            <OpenLink item={item} />
          </DecisionForm>
          {talk}
        </>
      )}
    </article>
  );
}

function OpenLink({ item }: { item: QueueItem }) {
  return (
    <Link
      className="link ml-auto inline-flex min-h-6 items-center text-sm"
      data-open=""
      href={`/requests/${item.id}`}
      prefetch={false}
    >
      Open<span className="sr-only"> the request: {item.name}</span>
    </Link>
  );
}

/** Keeps its place, and what is below it in theirs. Nothing is left to press. */
function SettledCard({ item, text, height }: { item: QueueItem; text: string; height: number }) {
  return (
    <div
      className="grid content-center gap-1 rounded-xl border border-line border-dashed bg-wash p-4 text-soft"
      role="status"
      style={{ minHeight: height }}
    >
      <p>{item.name}</p>
      <p className="font-[550]">{text}</p>
    </div>
  );
}

function Selection({ item, isSelected, onSelect }: Pick<Props, 'item' | 'isSelected' | 'onSelect'>) {
  const [told, setTold] = useState(false);
  const id = useId();
  const why = item.alone ?? (item.deciding && 'It is being decided.');
  return (
    <div className="text-xs">
      <label className="flex w-fit items-center gap-1.5 text-soft">
        <input
          aria-describedby={why && told ? id : undefined}
          aria-disabled={Boolean(why)}
          aria-label={`Select ${item.name}`}
          checked={isSelected}
          className={`check ${why ? 'opacity-50' : ''}`}
          data-select=""
          onChange={(event) => (why ? setTold(true) : onSelect(event.target.checked))}
          type="checkbox"
        />
        <span aria-hidden="true">Select</span>
      </label>
      {why && told && (
        <p className="text-warn" id={id} role="status">
          {why}
        </p>
      )}
    </div>
  );
}
