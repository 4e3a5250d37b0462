import { expect, test } from 'vitest';
import { plusMinutes } from '#lib/domain/time.ts';
import { describePorts } from './contract.ts';
import { people, roles } from './fake/tenant.ts';
import { fakeToken } from './fake/token.ts';
import { type FakeAzure, fakeAzure } from './fake.ts';
import { AzureFault } from './faults.ts';
import type { Bench } from './testing/bench.ts';
import { contoso } from './testing/contoso.ts';
import { activationOf, faultFrom } from './testing/moves.ts';

function fakeBench(): Bench & { fake: FakeAzure } {
  let ahead = 0;
  const open = () => fakeAzure({ now: () => plusMinutes(new Date(), ahead) });
  const bench = {
    fake: open(),
    get ports() {
      return bench.fake;
    },
    cast: contoso,
    token: async ({ id }: { id: string }, _plane: string, session?: { mfa: boolean }) =>
      fakeToken(id, session),
    advance: async (minutes: number) => {
      ahead += minutes;
    },
    throttle: async (_plane: string, retryAfterSeconds: number) => {
      bench.fake.failNext(
        'activate',
        new AzureFault('busy', { status: 429, message: '', retryAfterSeconds }),
      );
    },
    loseAnswer: async () => {
      bench.fake.failNext('activate', new AzureFault('unknown_outcome', { message: '' }), 'after');
    },
    reset: async () => {
      ahead = 0;
      bench.fake = open();
    },
    stop: async () => {},
  };
  return bench;
}

describePorts('the fake', async () => fakeBench());

test('a delayed activation is provisioned before it is visible', async () => {
  const bench = fakeBench();
  const { engineer, plain } = contoso;
  bench.fake.delayVisibility(60_000);
  const activation = await activationOf(bench, engineer, plain.entra);
  const filed = await bench.fake.person.entra.activate(fakeToken(engineer.id), activation);
  expect(filed.status).toBe('provisioned');
  expect(await bench.fake.reader.activated(plain.entra, engineer.id)).toBeNull();
  await bench.advance?.(1);
  expect(await bench.fake.reader.activated(plain.entra, engineer.id)).not.toBeNull();
});

test('the journal tells every call and which one failed', async () => {
  const { fake } = fakeBench();
  fake.failNext('eligible', new AzureFault('busy', { message: 'busy' }));
  const token = fakeToken(people.ada.id);
  await faultFrom(fake.person.azure.eligible(token, people.ada.id));
  await fake.person.azure.eligible(token, people.ada.id);
  await fake.reader.policy(roles.staging);
  expect(fake.journal).toEqual([
    { at: 'azure', call: 'eligible', failed: true },
    { at: 'azure', call: 'eligible', failed: false },
    { at: 'reader', call: 'policy', failed: false },
  ]);
});
