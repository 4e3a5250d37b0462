/** What an engine under test is asked about letters and endpoints. */
import { randomUUID } from 'node:crypto';
import { db, transaction } from '#db/client.ts';
import { deliveries } from '#db/schema/deliveries.ts';
import { principals } from '#db/schema/inventory.ts';
import { testTenant } from '#db/testing.ts';
import { sealWebhookSecret } from '#lib/auth/webhook-seal.ts';
import { asPerson } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { saveEndpoint } from '#lib/operations/webhooks/save-endpoint.ts';
import { testEndpoint } from '#lib/operations/webhooks/test-endpoint.ts';

const mira = asPerson(
  { tenantId: testTenant, objectId: 'mira', name: 'Mira', upn: 'mira', roles: ['Stint.Administrator'] },
  'kill',
);

export const letterVerbs = {
  /** Somebody whom letters reach, also after a reading of a tenant that does not know them. */
  async hasReader(id: string) {
    const row = { id, name: id, mail: `${id}@contoso.example`, kind: 'member', list: 'users' } as const;
    await db()
      .insert(principals)
      .values({ ...row, seenIn: randomUUID(), firstSeenAt: new Date() })
      .onConflictDoUpdate({ target: principals.id, set: { goneAt: null } });
  },

  async tells(id: string, of: string) {
    await transaction((tx) => tell(tx, [{ kind: 'denied', to: id, requestId: null, of, facts: {} }]));
  },

  async addsEndpoint(url: string) {
    const facts = { name: randomUUID(), url, events: ['request.denied'], sendsReasons: false };
    return saveEndpoint(mira, { id: null, version: 0, facts }, sealWebhookSecret, () => null);
  },

  tellsEndpoint: (id: string) => testEndpoint(mira, id),

  async deliveryStates() {
    return (await db().select({ state: deliveries.state }).from(deliveries)).map(({ state }) => state);
  },
};
