import { Empty } from '#components/ui/empty.tsx';
import { Section } from '#components/ui/section.tsx';

/** For someone with nothing to activate: what Stint is, and whom to ask. */
export function NothingEligible() {
  return (
    <Section title="Eligible">
      <Empty title="You are not eligible for any role">
        <p>
          Stint gives privileged access for as long as a task lasts, and takes it back by itself. It can only
          give what you are <em>eligible</em> for: roles in Entra and Azure, and groups, that somebody has
          made ready for you in Privileged Identity Management.
        </p>
        <p>
          If you need one, ask the owner of the subscription or the group, or your Entra administrators, to
          make you eligible, and say for which task. It shows up here after a refresh.
        </p>
      </Empty>
    </Section>
  );
}
