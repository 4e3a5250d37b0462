import type { Metadata } from 'next';
import Link from 'next/link';
import { tryDeliveryAgain } from '#app/(portal)/settings/deliveries/actions.ts';
import {
  removeWebhook,
  rotateWebhookSecret,
  saveWebhook,
  switchWebhook,
  testWebhook,
} from '#app/(portal)/settings/webhooks/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { DeliveryList } from '#components/deliveries/delivery-list.tsx';
import { EndpointForm } from '#components/deliveries/endpoint-form.tsx';
import { EndpointSecret } from '#components/deliveries/endpoint-secret.tsx';
import { ActionButton } from '#components/requests/action-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { RemoveButton } from '#components/ui/remove-button.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import { lastDeliveriesOf, webhookSettings } from '#lib/queries/webhook-settings.ts';

export const metadata: Metadata = { title: 'Endpoint' };

export default async function WebhookPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const viewer = await viewerAt(`/settings/webhooks/${id}`);
  const page = await webhookSettings(viewer);
  const endpoint = page?.rows.find((one) => one.id === id);
  if (!page || !endpoint) return notHere(viewer, 'GET /settings/webhooks/[id]', id);
  const last = await lastDeliveriesOf(id);
  return (
    <>
      <p className="mb-1 text-sm">
        <Link className="link inline-flex min-h-6 items-center" href="/settings/webhooks" prefetch={false}>
          All endpoints
        </Link>
      </p>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <h2 className="break-words font-semibold text-lg">{endpoint.name}</h2>
        <span className="text-soft text-sm">
          {endpoint.enabled ? 'on' : 'off'}, saved by {endpoint.changedByName}{' '}
          <When at={endpoint.changedAt} />
        </span>
        <ActionButton
          label={endpoint.enabled ? 'Switch off' : 'Switch on'}
          look="btn btn-small"
          run={switchWebhook.bind(null, { endpointId: id, on: !endpoint.enabled })}
        />
        {!endpoint.enabled && (
          <RemoveButton
            backTo="/settings/webhooks"
            label="Remove"
            name={endpoint.name}
            run={removeWebhook.bind(null, { endpointId: id, version: endpoint.version })}
            sureLabel={`Remove “${endpoint.name}” with its secret`}
          />
        )}
      </div>
      {endpoint.disabledWhy && (
        <div className="mb-5">
          <Notice>Stint switched it off. {endpoint.disabledWhy}</Notice>
        </div>
      )}
      <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_340px] lg:items-start lg:gap-8">
        <EndpointForm endpoint={endpoint} save={saveWebhook} />
        <div className="mt-7 lg:mt-0">
          <EndpointSecret endpoint={endpoint} rotate={rotateWebhookSecret} />
          {endpoint.enabled && (
            <Section title="Try it">
              <div className="panel grid gap-2 px-3.5 py-3 text-sm">
                <p className="text-soft">
                  Sends an event named <code>webhook.test</code>. What became of it stands under Last events.
                </p>
                <ActionButton label="Send a test" look="btn btn-small" run={testWebhook.bind(null, id)} />
              </div>
            </Section>
          )}
        </div>
      </div>
      {last.length > 0 && (
        <div className="mt-7">
          <Section
            aside={
              <Link
                className="link inline-flex min-h-6 items-center"
                href={`/settings/webhooks/${id}`}
                prefetch={false}
              >
                Look again
              </Link>
            }
            title="Last events"
          >
            <DeliveryList again={tryDeliveryAgain} label="Last events" now={page.now} rows={last} />
          </Section>
        </div>
      )}
    </>
  );
}
