import { PlaceTabs } from '#components/ui/place-tabs.tsx';

const places = [
  { href: '/settings', name: 'Activation' },
  { href: '/settings/tickets', name: 'Tickets' },
  { href: '/settings/mail', name: 'Mail' },
  { href: '/settings/chat', name: 'Chat' },
  { href: '/settings/webhooks', name: 'Webhooks' },
  { href: '/settings/deliveries', name: 'Deliveries' },
  { href: '/settings/approvals', name: 'Approvals' },
  { href: '/settings/schedules', name: 'On call' },
  { href: '/settings/extension', name: 'PIM extension' },
];

/** The pages of settings, beside each other. */
export function SettingsNav() {
  return <PlaceTabs label="Settings" places={places} />;
}
