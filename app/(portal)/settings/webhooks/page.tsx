import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { EndpointList } from '#components/deliveries/endpoint-list.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { webhookSettings } from '#lib/queries/webhook-settings.ts';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage() {
  const viewer = await viewerAt('/settings/webhooks');
  const page = await webhookSettings(viewer);
  if (!page) return notHere(viewer, 'GET /settings/webhooks', '');
  return (
    <>
      <p className="mb-5 max-w-prose text-soft">
        Other programs can be told what becomes of requests: a POST for each event, signed as Standard
        Webhooks has it, tried again for a day and a half.
      </p>
      {page.rows.length === 0 ? (
        <Empty title="No endpoint yet">
          <p>Add the address of the program that should hear, and choose what it hears.</p>
        </Empty>
      ) : (
        <EndpointList now={page.now} rows={page.rows} />
      )}
      <p className="mt-3">
        <Link className="btn" href="/settings/webhooks/new" prefetch={false}>
          Add an endpoint
        </Link>
      </p>
    </>
  );
}
