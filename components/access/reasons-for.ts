import type { RecentReason } from '#lib/queries/own-choice-rows.ts';

const mostShown = 4;

/** The reasons to offer: those given for the chosen roles before the others, each group the newest first. */
export function reasonsFor(all: readonly RecentReason[], chosen: readonly { key: string }[]): string[] {
  const isFor = ({ keys }: RecentReason) => chosen.some(({ key }) => keys.includes(key));
  return [...all.filter(isFor), ...all.filter((one) => !isFor(one))]
    .slice(0, mostShown)
    .map(({ text }) => text);
}
