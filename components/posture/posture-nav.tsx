import { PlaceTabs } from '#components/ui/place-tabs.tsx';

const places = [
  { href: '/posture', name: 'Overview' },
  { href: '/posture/findings', name: 'Findings' },
  { href: '/posture/inventory', name: 'Inventory' },
  { href: '/posture/outside-roles', name: 'Outside roles' },
  { href: '/posture/roles', name: 'Roles' },
  { href: '/posture/use', name: 'Use' },
];

/** The pages of posture, beside each other. */
export function PostureNav() {
  return <PlaceTabs label="Posture" places={places} />;
}
