import { Notice } from '#components/ui/notice.tsx';
import { When } from '#components/ui/when.tsx';
import { holdingKindNames } from '#lib/domain/inventory.ts';
import { planeNames } from '#lib/domain/plane.ts';
import { principalKindNames } from '#lib/domain/principal.ts';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { PlanPreview } from '#lib/queries/review-rows.ts';
import { countOf, countsInWords } from './count-words.ts';
import type { Shown } from './use-preview.ts';

/** What the plan would freeze if it opened now. */
export function PlanPreviewPanel({ preview, isBehind, message, days }: Shown & { days: string }) {
  return (
    <section aria-label="Preview" className="panel grid gap-3 px-4 py-3.5 text-sm lg:sticky lg:top-6">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold text-soft">Preview</h2>
        <span className="text-faint text-xs" role="status">
          {message ? '' : isBehind ? 'counting…' : 'if it opened now'}
        </span>
      </div>
      {message && <Notice>{message}</Notice>}
      {preview ? <Counted days={days} preview={preview} /> : !message && <p className="text-soft">…</p>}
    </section>
  );
}

function Counted({ preview, days }: { preview: PlanPreview; days: string }) {
  if (!preview.readAt) {
    return (
      <Notice>
        The tenant was not read to its end yet, or what it means is still being worked out, so nothing can be
        frozen. See how far the reading is under Posture.
      </Notice>
    );
  }
  const { total, critical, orphans, withoutReviewer, reviewerCount, unknownBelow } = preview;
  return (
    <>
      <p>
        <span className="block font-semibold text-xl">{countOf(total, 'assignment')}</span>
        <span className="text-soft">
          asked of {countOf(reviewerCount, 'person', 'people')}
          {/^\d+$/.test(days) && ` for ${countOf(Number(days), 'day')}`}
        </span>
      </p>
      {total === 0 && <Notice>Nothing matches. Choose more planes, roles or kinds.</Notice>}
      {unknownBelow.length > 0 && (
        <Notice>
          What hangs below {unknownBelow.join(', ')} is not known: of a management group only what is given at
          it itself would be reviewed. Posture says what could not be read.
        </Notice>
      )}
      {withoutReviewer > 0 && (
        <Notice>
          Nobody would be asked about {countOf(withoutReviewer, 'assignment')}. Name a fallback, or silence
          decides.
        </Notice>
      )}
      <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 [&_dt]:text-faint">
        <dt>Planes</dt>
        <dd>{countsInWords(preview.byPlane.map(({ plane, count }) => [planeNames[plane], count]))}</dd>
        <dt>Held</dt>
        <dd>{countsInWords(preview.byKind.map(({ kind, count }) => [holdingKindNames[kind], count]))}</dd>
        <dt>By</dt>
        <dd>
          {countsInWords(
            preview.byPrincipalKind.map(({ principalKind, count }) => [
              principalKindNames[principalKind],
              count,
            ]),
          )}
        </dd>
        <dt>Critical</dt>
        <dd>{critical.toLocaleString('en')}</dd>
        <dt>Orphans</dt>
        <dd>
          {orphans.toLocaleString('en')} <span className="text-faint">whose holder is gone</span>
        </dd>
        <dt>Stint would</dt>
        <dd>
          {countsInWords(
            preview.byRecommendation.map(({ recommendation, count }) => [
              decisionNames[recommendation],
              count,
            ]),
          )}
        </dd>
        <dt>As of</dt>
        <dd>
          <When at={preview.readAt} />
        </dd>
      </dl>
      {preview.reviewers.length > 0 && (
        <details>
          <summary className="w-fit py-1 text-soft">Who is asked</summary>
          <ul>
            {preview.reviewers.map(({ id, name, count }) => (
              <li className="flex justify-between gap-3 py-0.5" key={id}>
                <bdi className="min-w-0">{name}</bdi> <span className="text-soft">{count}</span>
              </li>
            ))}
            {reviewerCount > preview.reviewers.length && (
              <li className="text-faint">and {reviewerCount - preview.reviewers.length} more</li>
            )}
          </ul>
        </details>
      )}
      {preview.sample.length > 0 && (
        <details>
          <summary className="w-fit py-1 text-soft">The first {preview.sample.length}</summary>
          <ul className="divide-y divide-line">
            {preview.sample.map((row) => (
              <li
                className="py-1.5"
                key={`${row.plane} ${row.kind} ${row.principalName} ${row.roleName} ${row.scopeName}`}
              >
                <bdi className="font-[550]">{row.principalName}</bdi>{' '}
                <span className="text-faint text-xs">{principalKindNames[row.principalKind]}</span>
                <p className="text-soft">
                  {row.roleName}, {row.scopeName} · {holdingKindNames[row.kind].toLowerCase()}
                </p>
                <p className="text-faint text-xs">
                  {decisionNames[row.recommendation]}: {row.recommendationWhy}
                </p>
                <p className="text-faint text-xs">
                  {row.reviewers.length > 0 ? `asked: ${row.reviewers.join(', ')}` : 'nobody is asked'}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
