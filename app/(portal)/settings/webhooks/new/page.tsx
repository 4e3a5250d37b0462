import type { Metadata } from 'next';
import { saveWebhook } from '#app/(portal)/settings/webhooks/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { EndpointForm } from '#components/deliveries/endpoint-form.tsx';
import { mayAdminister } from '#lib/domain/permission.ts';

export const metadata: Metadata = { title: 'New endpoint' };

export default async function NewWebhookPage() {
  const viewer = await viewerAt('/settings/webhooks/new');
  if (!mayAdminister(viewer)) return notHere(viewer, 'GET /settings/webhooks/new', '');
  return (
    <>
      <h2 className="mb-3 font-semibold text-lg">New endpoint</h2>
      <EndpointForm endpoint={null} save={saveWebhook} />
    </>
  );
}
