import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { AccessTable } from '#components/posture/access-table.tsx';
import { OutsideList } from '#components/posture/outside-list.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Section } from '#components/ui/section.tsx';
import { principalKindNames } from '#lib/domain/principal.ts';
import type { EffectiveAccess } from '#lib/queries/access-rows.ts';
import { effectiveAccess } from '#lib/queries/effective-access.ts';

export const metadata: Metadata = { title: 'Access' };

export default async function PrincipalPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const viewer = await viewerAt(`/posture/principals/${encodeURIComponent(id)}`);
  const access = await effectiveAccess(viewer, id);
  if (!access) return notHere(viewer, 'GET /posture/principals/[id]', id.slice(0, 100));
  const { name, kind, enabled, rows, more, outside, knownSince } = access;
  return (
    <>
      <div className="mb-1 flex flex-wrap items-center gap-x-3">
        <h1 className="min-w-0 break-words">{name}</h1>
        <span className="text-soft text-sm">{principalKindNames[kind]}</span>
        {enabled === false && <Chip tone="warn">disabled</Chip>}
      </div>
      <Facts access={access} />
      <Section aside={more ? 'the first thousand are shown' : String(rows.length)} title="Can reach">
        {rows.length === 0 ? (
          <Empty title="Nothing">
            <p>No role and no group that holds one, as far as the last reading of the tenant shows.</p>
          </Empty>
        ) : (
          <>
            <p className="mb-2 max-w-prose text-soft text-xs">
              Its own roles, those of groups it is in, and those of groups it may join by activating a
              membership. What is given above reaches everything below, and is one row here.
            </p>
            <AccessTable knownSince={knownSince} rows={rows} />
          </>
        )}
      </Section>
      <OutsideList rows={outside} />
    </>
  );
}

function Facts({ access: { now, upn, lastSignInAt, responsibles } }: { access: EffectiveAccess }) {
  return (
    <p className="mb-5 flex flex-wrap items-center gap-x-4 text-soft text-sm">
      {upn && <span className="break-all">{upn}</span>}
      {lastSignInAt && (
        <span>
          signed in <Ago at={lastSignInAt} now={now} />
        </span>
      )}
      {responsibles.map(({ id, name, as }) => (
        <span key={`${as} ${id}`}>
          {as}{' '}
          <Link
            className="link inline-flex min-h-6 items-center"
            href={`/posture/principals/${id}`}
            prefetch={false}
          >
            {name}
          </Link>
        </span>
      ))}
    </p>
  );
}
