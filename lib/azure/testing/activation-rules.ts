import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { roleKey } from '#lib/domain/assignment.ts';
import { planes } from '#lib/domain/plane.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Bench, givesAccess } from './bench.ts';
import { activate, activationOf, faultFrom, seen } from './moves.ts';

/** Listing what one may have, and asking for it. */
export function activationRules(bench: () => Bench): void {
  describe.each(planes)('%s: asking', (plane) => {
    test('one’s eligibilities are listed with their names', async () => {
      const { ports, cast, token } = bench();
      const { engineer, plain } = cast;
      const rows = await ports.person[plane].eligible(await token(engineer, plane), engineer.id);
      const row = rows.find((one) => roleKey(one) === roleKey(plain[plane]));
      expect(row).toMatchObject({ throughGroupId: null, throughGroupName: null });
      expect(row?.roleName).toMatch(/[a-z]/i);
      expect(row?.roleName).not.toBe(row?.roleId);
      expect(row?.scopeName).not.toBe(row?.scopeId);
      expect(new Set(rows.map(roleKey)).size).toBe(rows.length);
    });

    test('the same request twice is one activation', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { ports, cast } = bench();
      const { activation, filed, token } = await activate(bench(), cast.engineer, cast.plain[plane]);
      const again = await ports.person[plane].activate(token, activation);
      expect(again.azureId).toBe(filed.azureId);
      expect(again.status).toBe('provisioned');
    });

    test('a filed request is found by our id and by Azure’s, and an unknown one is not', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { ports, cast } = bench();
      const { activation, filed, token } = await activate(bench(), cast.engineer, cast.plain[plane]);
      const { requestId } = activation;
      const role = cast.plain[plane];
      const port = ports.person[plane];
      expect((await port.filed(token, { requestId, azureId: null, role }))?.azureId).toBe(filed.azureId);
      expect((await port.filed(token, { requestId, azureId: filed.azureId, role }))?.status).toBe(
        'provisioned',
      );
      expect(await port.filed(token, { requestId: randomUUID(), azureId: null, role })).toBeNull();
    });

    test('another request while one is active already exists', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { ports, cast } = bench();
      const role = cast.plain[plane];
      const { activation, token } = await activate(bench(), cast.engineer, role);
      const fault = await faultFrom(activate(bench(), cast.engineer, role));
      expect(fault).toMatchObject({ kind: 'already_exists', retry: 'never' });
      await seen(bench(), role, cast.engineer);
      const of = { principalId: cast.engineer.id, role, now: new Date() };
      const isTakenBut = (requestId: string) => ports.person[plane].isTaken(token, { ...of, requestId });
      expect(await isTakenBut(activation.requestId)).toBe(false);
      expect(await isTakenBut(randomUUID())).toBe(true);
    });

    test('longer than the policy allows is refused', async () => {
      const { cast } = bench();
      const fault = await faultFrom(activate(bench(), cast.engineer, cast.plain[plane], { minutes: 1439 }));
      expect(fault).toMatchObject({ kind: 'policy_refused', rules: ['ExpirationRule'] });
    });

    test('no reason is refused: our mark is not one', async () => {
      const { cast } = bench();
      const fault = await faultFrom(
        activate(bench(), cast.engineer, cast.plain[plane], { justification: '' }),
      );
      expect(fault).toMatchObject({ kind: 'policy_refused', rules: ['JustificationRule'] });
    });

    test('somebody without eligibility is refused', async () => {
      const { cast } = bench();
      const fault = await faultFrom(activate(bench(), cast.stranger, cast.plain[plane]));
      expect(fault).toMatchObject({ kind: 'not_eligible', retry: 'never' });
    });

    test('a token for nobody is refused', async () => {
      const { ports, cast } = bench();
      const fault = await faultFrom(ports.person[plane].eligible('no-token', cast.engineer.id));
      expect(fault).toMatchObject({ kind: 'token_refused', retry: 'after_sign_in' });
    });

    test('a busy Azure says how long to wait, and nothing was filed', async (context) => {
      const { ports, cast, throttle, token } = bench();
      if (!throttle) return context.skip();
      const activation = await activationOf(bench(), cast.engineer, cast.plain[plane]);
      await throttle(plane, 7);
      const own = await token(cast.engineer, plane);
      const fault = await faultFrom(ports.person[plane].activate(own, activation));
      expect(fault).toMatchObject({ kind: 'busy', status: 429, retryAfterSeconds: 7, retry: 'later' });
      const role = cast.plain[plane];
      expect(await ports.person[plane].filed(own, { ...activation, azureId: null, role })).toBeNull();
    });

    test('a lost answer is an unknown outcome, and asking again has no second effect', async (context) => {
      const { ports, cast, loseAnswer, token } = bench();
      if (!loseAnswer) return context.skip();
      const activation = await activationOf(bench(), cast.engineer, cast.plain[plane]);
      await loseAnswer(plane);
      const own = await token(cast.engineer, plane);
      const fault = await faultFrom(ports.person[plane].activate(own, activation));
      expect(fault).toMatchObject({ kind: 'unknown_outcome', retry: 'later' });
      const again = await ports.person[plane].activate(own, activation);
      expect(again.status).toBe('provisioned');
    });

    test('asked again after it ended, the same request gives nothing new', async (context) => {
      const { ports, cast, advance } = bench();
      if (!advance) return context.skip();
      const role = cast.plain[plane];
      const { activation, filed, token } = await activate(bench(), cast.engineer, role);
      await advance(61);
      const again = await ports.person[plane].activate(token, activation);
      expect(again.azureId).toBe(filed.azureId);
      await advance(1);
      expect(await ports.reader.activated(role, cast.engineer.id)).toBeNull();
    });

    test('a start ahead is scheduled, and begins when its time comes', async (context) => {
      const { ports, cast, advance } = bench();
      if (!advance) return context.skip();
      const startsAt = plusMinutes(new Date(), 120);
      const role = cast.plain[plane];
      const { activation, filed, token } = await activate(bench(), cast.engineer, role, { startsAt });
      expect(filed.status).toBe('scheduled');
      expect(filed.startsAt?.getTime()).toBe(startsAt.getTime());
      expect(await ports.reader.activated(role, cast.engineer.id)).toBeNull();
      await advance(121);
      await seen(bench(), role, cast.engineer);
      const now = await ports.person[plane].filed(token, { ...activation, azureId: filed.azureId, role });
      expect(now?.status).toBe('provisioned');
    });

    // Last: where the clock stands, the role stays taken.
    test('an activation is provisioned and becomes visible to the person and the Reader', async () => {
      const { ports, cast } = bench();
      const { engineer, plain } = cast;
      const { filed, token } = await activate(bench(), engineer, plain[plane]);
      expect(filed.status).toBe('provisioned');
      const active = await seen(bench(), plain[plane], engineer);
      expect(active).toMatchObject({ ...plain[plane], kind: 'activated', endsAt: filed.endsAt });
      const mine = await ports.person[plane].active(token, engineer.id);
      expect(mine).toContainEqual(expect.objectContaining({ ...plain[plane], kind: 'activated' }));
    });
  });

  describe('what policies ask beside a reason', () => {
    test('without a reason, too, a lost answer has one effect', async (context) => {
      const { ports, cast, loseAnswer, token } = bench();
      if (!loseAnswer) return context.skip();
      const { plane } = cast.bare;
      const activation = await activationOf(bench(), cast.engineer, cast.bare, { justification: '' });
      await loseAnswer(plane);
      const own = await token(cast.engineer, plane);
      await faultFrom(ports.person[plane].activate(own, activation));
      expect((await ports.person[plane].activate(own, activation)).status).toBe('provisioned');
    });

    test('a missing ticket is refused, a given one arrives', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { cast } = bench();
      const fault = await faultFrom(activate(bench(), cast.engineer, cast.ticket));
      expect(fault).toMatchObject({ kind: 'policy_refused', rules: ['TicketingRule'] });
      const { filed } = await activate(bench(), cast.engineer, cast.ticket, { ticketNumber: 'CHG-1' });
      expect(filed.status).toBe('provisioned');
    });

    test('a session without MFA is asked for it', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { ports, cast, token } = bench();
      const activation = await activationOf(bench(), cast.engineer, cast.mfa);
      const weak = await token(cast.engineer, cast.mfa.plane, { mfa: false });
      const fault = await faultFrom(ports.person[cast.mfa.plane].activate(weak, activation));
      expect(fault).toMatchObject({ kind: 'mfa_needed', rules: ['MfaRule'], retry: 'after_sign_in' });
      const { filed } = await activate(bench(), cast.engineer, cast.mfa);
      expect(filed.status).toBe('provisioned');
    });

    test('an authentication context is asked for with the claims to bring', async () => {
      const { cast } = bench();
      const fault = await faultFrom(activate(bench(), cast.engineer, cast.stepUp));
      expect(fault).toMatchObject({ kind: 'step_up_needed', retry: 'after_sign_in' });
      expect(JSON.parse(fault.claims ?? '{}')).toEqual({
        access_token: { acrs: { essential: true, value: 'c1' } },
      });
    });
  });
}
