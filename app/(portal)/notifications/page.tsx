import type { Metadata } from 'next';
import Link from 'next/link';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { LetterList } from '#components/letters/letter-list.tsx';
import { Live } from '#components/live/live.tsx';
import { ActionButton } from '#components/requests/action-button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { FilterForm } from '#components/ui/filter-form.tsx';
import { Labelled } from '#components/ui/labelled.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { letterGroups } from '#lib/domain/delivery.ts';
import { groupNames } from '#lib/queries/letter-rows.ts';
import { myLetters, parseLetterFilter } from '#lib/queries/letters.ts';
import { readNotifications } from './actions.ts';

export const metadata: Metadata = { title: 'Notifications' };

type Query = Record<string, string | string[] | undefined>;

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const viewer = await viewerAt('/notifications');
  const filter = parseLetterFilter(query);
  const cursor = typeof query.cursor === 'string' ? query.cursor : null;
  const { rows, next, previous } = await myLetters(viewer, filter, cursor);
  const isFiltered = filter.unread || filter.group !== null;
  const page = (to: string | null) => {
    if (!to) return null;
    const kept = { ...(filter.unread && { show: 'unread' }), ...(filter.group && { group: filter.group }) };
    return `/notifications?${new URLSearchParams({ ...kept, cursor: to })}`;
  };
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-3">
        <h1>Notifications</h1>
        <div className="ml-auto flex flex-wrap gap-2">
          {rows.some(({ isUnread }) => isUnread) && (
            <ActionButton
              label="Mark all as read"
              look="btn btn-small"
              run={readNotifications.bind(null, 'all')}
            />
          )}
          <Link className="btn btn-small" href="/notifications/settings" prefetch={false}>
            How I am told
          </Link>
        </div>
      </div>
      <FilterForm action="/notifications">
        <Labelled label="Show">
          <select className="input" defaultValue={filter.unread ? 'unread' : ''} name="show">
            <option value="">All</option>
            <option value="unread">Unread</option>
          </select>
        </Labelled>
        <Labelled label="About">
          <select className="input" defaultValue={filter.group ?? ''} name="group">
            <option value="">Anything</option>
            {letterGroups.map((group) => (
              <option key={group} value={group}>
                {groupNames[group].name}
              </option>
            ))}
          </select>
        </Labelled>
      </FilterForm>
      {rows.length === 0 ? (
        <Empty title={isFiltered ? 'Nothing like this' : 'Nothing yet'}>
          <p>
            What needs you, and what became of your requests, is told here, whether or not it could be sent
            elsewhere.
          </p>
        </Empty>
      ) : (
        <LetterList read={readNotifications} rows={rows} />
      )}
      <Pager newer={page(previous)} older={page(next)} />
      <Live facts={[]} on />
    </>
  );
}
