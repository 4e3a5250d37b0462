import type { CampaignStory } from './review-rows.ts';

export type AppliedRow = CampaignStory['changes'][number] & {
  verb: CampaignStory['applied'][number]['verb'];
};

/** Of what was decided to be done, how much is done, verb by verb. What was given back is not done any more. */
export function appliedOf(changes: readonly AppliedRow[]): CampaignStory['applied'] {
  const verbs = [...new Set(changes.map(({ verb }) => verb))];
  return verbs.map((verb) => {
    const ofVerb = changes.filter((one) => one.verb === verb);
    const sum = (rows: AppliedRow[]) => rows.reduce((all, one) => all + one.count, 0);
    const count = (...states: string[]) => sum(ofVerb.filter(({ state }) => states.includes(state)));
    const givenBack = sum(ofVerb.filter((one) => one.isGivenBack));
    return {
      ...{ verb, decided: sum(ofVerb), done: count('done') - givenBack, givenBack },
      open: count('held', 'waiting', 'applying', 'confirming'),
      ...{ blocked: count('blocked'), refused: count('refused', 'withdrawn') },
    };
  });
}
