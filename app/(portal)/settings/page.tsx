import type { Metadata } from 'next';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { ReasonRulesForm } from '#components/settings/reason-rules-form.tsx';
import { StepUpForm } from '#components/settings/step-up-form.tsx';
import { canAskStepUp } from '#lib/auth/step-up-ask.ts';
import { activationSettings } from '#lib/queries/settings-page.ts';
import { saveReasonRules, saveStepUpRules } from './actions.ts';

export const metadata: Metadata = { title: 'Settings' };

/** What Stint asks of activations, decisions and administration beside what PIM asks. */
export default async function SettingsPage() {
  const viewer = await viewerAt('/settings');
  const settings = await activationSettings(viewer);
  if (!settings) return notHere(viewer, 'GET /settings', '');
  return (
    <div className="grid max-w-prose grid-cols-1 gap-9">
      <StepUpForm isSetUp={canAskStepUp()} saved={settings.stepUp} save={saveStepUpRules} />
      <ReasonRulesForm saved={settings.reasons} save={saveReasonRules} />
    </div>
  );
}
