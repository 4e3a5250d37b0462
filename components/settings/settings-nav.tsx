import { PlaceTabs } from '#components/ui/place-tabs.tsx';

const places = [
  { href: '/settings', name: 'Activation' },
  { href: '/settings/tickets', name: 'Tickets' },
  { href: '/settings/approvals', name: 'Approvals' },
  { href: '/settings/schedules', name: 'On call' },
];

/** The pages of settings, beside each other. */
export function SettingsNav() {
  return <PlaceTabs label="Settings" places={places} />;
}
