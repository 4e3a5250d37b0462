import type { Metadata } from 'next';
import { findForRule, linkTwoAccounts, unlinkOneAccount } from '#app/(portal)/settings/approvals/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { LinkForm } from '#components/approval-policy/link-form.tsx';
import { LinkedPeople } from '#components/approval-policy/linked-people.tsx';
import { PolicyPlaces } from '#components/approval-policy/policy-places.tsx';
import { Section } from '#components/ui/section.tsx';
import { linkedPeople } from '#lib/queries/linked-accounts.ts';

export const metadata: Metadata = { title: 'Linked accounts' };

/** Accounts that belong to one person. */
export default async function LinkedAccountsPage() {
  const viewer = await viewerAt('/settings/approvals/accounts');
  const people = await linkedPeople(viewer);
  if (!people) return notHere(viewer, 'GET /settings/approvals/accounts', '');
  return (
    <>
      <PolicyPlaces />
      <p className="mb-5 max-w-prose text-soft">
        Accounts of one person never sign for each other, and count once in a stage. Stint does not guess them
        by name: an administrator says which belong together.
      </p>
      <LinkedPeople people={people} unlink={unlinkOneAccount} />
      <div className="mt-6">
        <Section title="Link two accounts">
          <LinkForm find={findForRule} link={linkTwoAccounts} />
        </Section>
      </div>
    </>
  );
}
