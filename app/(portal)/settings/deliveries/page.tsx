import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { ChannelTable } from '#components/deliveries/channel-table.tsx';
import { DeliveryList } from '#components/deliveries/delivery-list.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Section } from '#components/ui/section.tsx';
import { deliverySettings } from '#lib/queries/delivery-settings.ts';
import { tryDeliveryAgain } from './actions.ts';

export const metadata: Metadata = { title: 'Deliveries' };

export default async function DeliveriesPage() {
  const viewer = await viewerAt('/settings/deliveries');
  const page = await deliverySettings(viewer);
  if (!page) return notHere(viewer, 'GET /settings/deliveries', '');
  const { now, channels, troubled } = page;
  return (
    <>
      <div className="mb-5 flex flex-wrap items-start gap-3">
        <p className="max-w-prose text-soft">
          What Stint tells people is always under their Notifications. What also goes elsewhere is tried again
          for hours when it does not arrive, and then given up.
        </p>
        <Link className="btn btn-small ml-auto" href="/settings/deliveries" prefetch={false}>
          Look again
        </Link>
      </div>
      <Section title="Ways out">
        <ChannelTable now={now} rows={channels} />
      </Section>
      <Section title="Did not arrive">
        {troubled.length === 0 ? (
          <Empty title="Everything arrived">
            <p>
              A letter or an event that could not be sent is listed here, with why, and sent again by you.
            </p>
          </Empty>
        ) : (
          <DeliveryList again={tryDeliveryAgain} label="Did not arrive" now={now} rows={troubled} />
        )}
      </Section>
    </>
  );
}
