import Link from 'next/link';
import type { ReactNode } from 'react';
import { utcWords } from '#components/ui/moment-words.ts';
import { Section } from '#components/ui/section.tsx';
import { holdingKindNames, holdingKinds } from '#lib/domain/inventory.ts';
import { planeNames, planes } from '#lib/domain/plane.ts';
import { principalKindNames } from '#lib/domain/principal.ts';
import type { CampaignReport } from '#lib/queries/review-rows.ts';
import { AppliedTable } from './applied-table.tsx';
import { CampaignStatusChip } from './campaign-status-chip.tsx';
import { PlanFacts } from './plan-facts.tsx';
import { PrintButton } from './print-button.tsx';
import { TakenTable } from './taken-table.tsx';

const cell =
  'px-1 py-1.5 text-right tabular-nums first:pl-2.5 first:text-left last:pr-2.5 sm:px-2 sm:first:pl-3.5 sm:last:pr-3.5';

/** One review on paper. Its moments are in UTC, so that every copy says the same. */
export function ReportPage({ report, checksums }: { report: CampaignReport; checksums: ReactNode }) {
  return (
    <article>
      <p className="mb-1 text-faint text-xs print:hidden">
        <Link
          className="link inline-flex min-h-6 items-center"
          href={`/reviews/${report.id}`}
          prefetch={false}
        >
          {report.name}
        </Link>
      </p>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="min-w-0">
          Report: <bdi>{report.name}</bdi>
        </h1>
        <CampaignStatusChip status={report.status} />
        <PrintButton />
      </div>
      <div className="mb-7 grid gap-4 md:grid-cols-2 md:items-start">
        <Facts report={report} />
        <PlanFacts story={report} />
      </div>
      <Population report={report} />
      <AppliedTable story={report} />
      <TakenTable campaignId={report.id} count={report.takenCount} rows={report.taken} />
      {checksums}
    </article>
  );
}

function Facts({ report }: { report: CampaignReport }) {
  const { progress, population, orphans, withoutReviewer, reviewerCount } = report;
  const day = (at: Date | null) => (at ? utcWords(at) : 'not yet');
  const facts: [name: string, what: string][] = [
    ['Made by', report.createdByName],
    ['Opened', day(report.openedAt)],
    ['Closed', report.closedAt ? utcWords(report.closedAt) : `due ${utcWords(report.closesAt)}`],
    ['Report of', utcWords(report.now)],
    ['Frozen', `${(population ?? 0).toLocaleString('en')} assignments`],
    ['Orphans', `${(orphans ?? 0).toLocaleString('en')}, whose holder was gone`],
    ['Reviewers', `${reviewerCount.toLocaleString('en')} people`],
    ['Unasked', `${withoutReviewer.toLocaleString('en')} assignments without a reviewer`],
    ['Submitted', `${progress.submitted.toLocaleString('en')} of ${progress.items.toLocaleString('en')}`],
  ];
  return (
    <div className="panel px-4 py-3.5 text-sm">
      <h2 className="font-semibold text-soft">The review</h2>
      <dl className="mt-1 grid grid-cols-[5rem_minmax(0,1fr)] gap-y-1">
        {facts.map(([name, what]) => (
          <div className="contents" key={name}>
            <dt className="text-faint">{name}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Population({ report: { byPlane, byPrincipalKind } }: { report: CampaignReport }) {
  const kinds = holdingKinds.filter((kind) => byPlane.some((one) => one.kind === kind));
  const rows = planes.filter((plane) => byPlane.some((one) => one.plane === plane));
  const count = (plane: string, kind: string) =>
    byPlane.find((one) => one.plane === plane && one.kind === kind)?.count ?? 0;
  return (
    <Section aside="as it was at the opening" title="Population">
      <div className="grid gap-4 md:grid-cols-2 md:items-start">
        <div className="panel overflow-x-auto">
          <table aria-label="Population by plane" className="w-full border-collapse text-sm">
            <thead>
              <tr className="text-faint text-xs">
                <th className={`${cell} font-normal`} scope="col">
                  Plane
                </th>
                {kinds.map((kind) => (
                  <th className={`${cell} font-normal`} key={kind} scope="col">
                    {holdingKindNames[kind]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((plane) => (
                <tr className="border-line border-t" key={plane}>
                  <th className={`${cell} font-[550]`} scope="row">
                    {planeNames[plane]}
                  </th>
                  {kinds.map((kind) => (
                    <td className={cell} key={kind}>
                      {count(plane, kind).toLocaleString('en')}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className="panel overflow-x-auto">
          <table aria-label="Population by holder" className="w-full border-collapse text-sm">
            <thead>
              <tr className="text-faint text-xs">
                <th className={`${cell} font-normal`} scope="col">
                  Held by
                </th>
                <th className={`${cell} font-normal`} scope="col">
                  Assignments
                </th>
              </tr>
            </thead>
            <tbody>
              {byPrincipalKind.map(({ principalKind, count: number }) => (
                <tr className="border-line border-t" key={principalKind}>
                  <th className={`${cell} font-[550]`} scope="row">
                    {principalKindNames[principalKind]}
                  </th>
                  <td className={cell}>{number.toLocaleString('en')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Section>
  );
}
