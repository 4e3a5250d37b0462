import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { AutoApprovesForm } from '#components/extension/auto-approves-form.tsx';
import { ExtensionPlanes } from '#components/extension/extension-planes.tsx';
import { Registration } from '#components/extension/registration.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { pimRegistration } from '#lib/auth/pim-registration.ts';
import { extensionSettings } from '#lib/queries/extension-settings.ts';
import { saveExtensionRules } from './actions.ts';

export const metadata: Metadata = { title: 'PIM extension' };

/** How PIM asks Stint during activations, and what Stint may answer. */
export default async function ExtensionPage() {
  const viewer = await viewerAt('/settings/extension');
  const page = await extensionSettings(viewer);
  if (!page) return notHere(viewer, 'GET /settings/extension', '');
  return (
    <>
      <p className="mb-4 max-w-prose text-soft">
        Linked to a role’s settings in PIM, Stint is asked about every activation of that role, from
        Microsoft’s portal, a script or Stint itself, before PIM grants it. It says no unless the approval
        that your rules ask was given, for this person, role, scope, length and ticket.{' '}
        <Link className="link" href="/operations/evaluations" prefetch={false}>
          What was answered
        </Link>
      </p>
      <div className="mb-6 max-w-prose">
        <Notice>
          <p>
            What PIM does when Stint is down or slow is documented nowhere: whether it lets activations pass
            or stops them is unknown until you have tried it on your own tenant. Nor does a role’s setting say
            whether the extension is only in Audit, where PIM asks and goes on whatever the answer. Start with
            one role, in Audit; keep emergency accounts out of it.
          </p>
        </Notice>
      </div>
      <ExtensionPlanes now={page.now} rows={page.planes} />
      <Registration {...pimRegistration()} />
      <div className="max-w-prose">
        <AutoApprovesForm save={saveExtensionRules} saved={page.saved} />
      </div>
    </>
  );
}
