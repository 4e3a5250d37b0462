import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { activationRules } from './testing/activation-rules.ts';
import { approvalRules } from './testing/approval-rules.ts';
import type { Bench } from './testing/bench.ts';
import { endingRules } from './testing/ending-rules.ts';
import { everywhereRules } from './testing/everywhere-rules.ts';
import { placeRules } from './testing/place-rules.ts';
import { readerRules } from './testing/reader-rules.ts';
import { workingRules } from './testing/working-rules.ts';

/**
 * What every implementation of the ports keeps, whatever is behind it. `make` opens a tenant;
 * each test begins with it as it was.
 */
export function describePorts(name: string, make: () => Promise<Bench>): void {
  describe(`the ports on ${name}`, () => {
    let opened: Bench | undefined;
    const bench = (): Bench => {
      if (!opened) throw new Error('The tenant is not open.');
      return opened;
    };
    beforeAll(async () => {
      opened = await make();
    });
    beforeEach(async () => await bench().reset());
    afterAll(async () => await opened?.stop());
    activationRules(bench);
    approvalRules(bench);
    endingRules(bench);
    workingRules(bench);
    placeRules(bench);
    readerRules(bench);
    everywhereRules(bench);
  });
}
