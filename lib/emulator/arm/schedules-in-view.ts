import { azureSchedulesAt, schedulesOfAny } from '#lib/emulator/pim/schedule-index.ts';
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
  if (targets === null) return azureSchedulesAt(state, everyScope(state).filter(sees));
  return schedulesOfAny(state, targets).filter(({ plane, scope }) => plane === 'azure' && sees(scope));
}
