import { schedulesAt, schedulesOfAny } from '#lib/emulator/pim/schedule-index.ts';
import type { Schedule, State } from '#lib/emulator/state.ts';
import { everyScope } from './scopes.ts';
import { inView } from './view.ts';

/** The Azure schedules a list may show: of the principals it is for, or of everyone, where the view reaches. */
export function schedulesInView(
  state: State,
  filter: Map<string, string>,
  targets: Set<string> | null,
  viewScope: string,
): Schedule[] {
  const sees = (scope: string) => inView(state, filter, viewScope, scope);
  const found =
    targets === null
      ? schedulesAt(state, everyScope(state).filter(sees))
      : schedulesOfAny(state, targets).filter(({ plane, scope }) => plane === 'azure' && sees(scope));
  return found.filter(({ plane }) => plane === 'azure');
}
