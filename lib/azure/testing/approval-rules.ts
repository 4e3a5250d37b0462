import { describe, expect, test } from 'vitest';
import { planes } from '#lib/domain/plane.ts';
import { type Bench, givesAccess } from './bench.ts';
import { activate, faultFrom, seen } from './moves.ts';

/** Waiting for somebody, and being the somebody. */
export function approvalRules(bench: () => Bench): void {
  describe.each(planes)('%s: approval', (plane) => {
    /** The engineer has asked; both approvers hold tokens. */
    async function asked(startsAt: Date | null = null) {
      const { ports, cast, token } = bench();
      const role = cast.approved[plane];
      const request = await activate(bench(), cast.engineer, role, { startsAt });
      const [first, second] = cast.approvers[plane];
      return {
        ...request,
        ...{ role, first, port: ports.person[plane] },
        firstToken: await token(first, plane),
        secondToken: await token(second, plane),
        approvalId: request.filed.approvalId ?? '',
      };
    }

    test('the request waits, and its approvers see it with the reason as it was written', async () => {
      const { filed, activation, role, port, firstToken } = await asked();
      const { engineer } = bench().cast;
      expect(filed.status).toBe('pending_approval');
      const waiting = await port.awaitingMe(firstToken);
      expect(waiting.find(({ azureId }) => azureId === filed.azureId)).toMatchObject({
        ...role,
        approvalId: filed.approvalId,
        principalId: engineer.id,
        principalName: engineer.name,
        justification: activation.justification,
        mark: activation.requestId,
        minutes: 60,
      });
    });

    test('approved, it becomes visible, and it is known by whom', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { port, approvalId, role, first, firstToken, token } = await asked();
      expect((await port.approval(token, approvalId)).outcome).toBe('open');
      await port.decide(firstToken, { approvalId, decision: 'approve', justification: 'Go ahead' });
      await seen(bench(), role, bench().cast.engineer);
      expect(await port.approval(token, approvalId)).toMatchObject({
        outcome: 'approved',
        decidedById: first.id,
        decidedByName: first.name,
        decidedAt: expect.any(Date),
        justification: 'Go ahead',
      });
      expect(await port.awaitingMe(firstToken)).toEqual([]);
    });

    test('denied, it is over', async () => {
      const { port, approvalId, activation, filed, role, firstToken, token } = await asked();
      await port.decide(firstToken, { approvalId, decision: 'deny', justification: 'Not today' });
      const now = await port.filed(token, { ...activation, azureId: filed.azureId, role });
      expect(now?.status).toBe('denied');
      expect(await port.approval(token, approvalId)).toMatchObject({
        outcome: 'denied',
        justification: 'Not today',
      });
      expect(await bench().ports.reader.activated(role, bench().cast.engineer.id)).toBeNull();
    });

    test('the second decision comes too late', async () => {
      const { port, approvalId, firstToken, secondToken } = await asked();
      await port.decide(firstToken, { approvalId, decision: 'deny', justification: 'Not today' });
      const late = port.decide(secondToken, { approvalId, decision: 'approve', justification: 'Fine' });
      expect(await faultFrom(late)).toMatchObject({ kind: 'already_decided', retry: 'never' });
    });

    test('nobody outside the approvers decides, the requester neither', async () => {
      const { port, approvalId, token, secondToken } = await asked();
      const stranger = await bench().token(bench().cast.stranger, plane);
      for (const other of [stranger, token]) {
        const fault = await faultFrom(
          port.decide(other, { approvalId, decision: 'approve', justification: 'Mine' }),
        );
        expect(fault).toMatchObject({ kind: 'not_allowed', retry: 'never' });
      }
      expect(await port.awaitingMe(stranger)).toEqual([]);
      expect((await port.approval(secondToken, approvalId)).outcome).toBe('open');
    });

    test('a waiting request can be taken back, once', async () => {
      const { port, activation, filed, role, token, firstToken } = await asked();
      await port.cancel(token, { azureId: filed.azureId, role });
      const now = await port.filed(token, { ...activation, azureId: filed.azureId, role });
      expect(now?.status).toBe('cancelled');
      expect(await port.awaitingMe(firstToken)).toEqual([]);
      const again = port.cancel(token, { azureId: filed.azureId, role });
      expect(await faultFrom(again)).toMatchObject({ kind: 'not_cancellable', retry: 'never' });
    });

    test('undecided for a day, it times out', async (context) => {
      const { advance } = bench();
      if (!advance) return context.skip();
      const { port, approvalId, activation, filed, role, token } = await asked();
      await advance(24 * 60 + 1);
      const now = await port.filed(token, { ...activation, azureId: filed.azureId, role });
      expect(now?.status).toBe('timed_out');
      expect((await port.approval(token, approvalId)).outcome).toBe('lapsed');
    });
  });

  test('an approver does not decide their own request', async () => {
    const { ports, cast } = bench();
    const { role, person } = cast.approversOwn;
    const { filed, token } = await activate(bench(), person, role);
    expect(await ports.person[role.plane].awaitingMe(token)).toEqual([]);
    const own = ports.person[role.plane].decide(token, {
      approvalId: filed.approvalId ?? '',
      decision: 'approve',
      justification: 'I trust myself',
    });
    expect(await faultFrom(own)).toMatchObject({ kind: 'not_allowed', retry: 'never' });
  });
}
