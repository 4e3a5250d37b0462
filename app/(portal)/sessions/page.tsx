import type { Metadata } from 'next';
import { sessionAt } from '#app/(portal)/viewer.ts';
import { revokeMySessions } from '#app/(portal)/window-actions.ts';
import { ActionButton } from '#components/requests/action-button.tsx';
import { Everywhere } from '#components/sessions/everywhere.tsx';
import { PersonSearch } from '#components/sessions/person-search.tsx';
import { SessionTable } from '#components/sessions/session-table.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Section } from '#components/ui/section.tsx';
import { othersSessions, ownSessions } from '#lib/auth/list-sessions.ts';
import { mayEndOthersSessions } from '#lib/domain/permission.ts';
import { lastRevocation } from '#lib/queries/last-revocation.ts';
import { endOthers, endSession } from './actions.ts';

export const metadata: Metadata = { title: 'Sessions' };

type Query = Record<string, string | string[] | undefined>;

export default async function SessionsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { person } = await searchParams;
  const asked = typeof person === 'string' ? person : '';
  const { id, actor } = await sessionAt(
    asked ? `/sessions?person=${encodeURIComponent(asked)}` : '/sessions',
  );
  const now = new Date();
  const [own, others, last] = await Promise.all([
    ownSessions(actor, now),
    othersSessions(actor, asked, now),
    lastRevocation(actor),
  ]);
  return (
    <>
      <h1 className="mb-2">Sessions</h1>
      <p className="mb-5 max-w-prose text-soft">
        Browsers that are signed in to Stint as you. One you do not know: end it, and tell your
        administrators. Ending a session takes no access away that is active in Azure.
      </p>
      <Section title="Yours">
        <SessionTable end={endSession} here={id} label="Your sessions" now={now} rows={own} />
        {own.length > 1 && (
          <div className="mt-3">
            <ActionButton label="End all others" run={endOthers} />
          </div>
        )}
      </Section>
      <Everywhere last={last} now={now} revoke={revokeMySessions} />
      {mayEndOthersSessions(actor) && (
        <Section title="Other people’s">
          <PersonSearch person={asked} />
          {others.length > 0 && (
            <SessionTable
              end={endSession}
              here={id}
              label="Other people’s sessions"
              named
              now={now}
              rows={others}
            />
          )}
          {asked && others.length === 0 && <Empty title="Nobody of that name is signed in" />}
        </Section>
      )}
    </>
  );
}
