import { PlaceTabs } from '#components/ui/place-tabs.tsx';

const places = [
  { href: '/settings/approvals', name: 'Policy' },
  { href: '/settings/approvals/versions', name: 'Versions' },
  { href: '/settings/approvals/accounts', name: 'Linked accounts' },
];

/** What belongs to the approval policy, beside each other. */
export function PolicyPlaces() {
  return <PlaceTabs label="Approval policy" places={places} />;
}
