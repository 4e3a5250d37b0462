/** Verbs for tests of letters: a database and a queue, ways out that remember what went by them, and jobs run by hand. */
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { db, transaction } from '#db/client.ts';
import { setClockOffset } from '#db/clock.ts';
import { empty } from '#db/empty.ts';
import { startQueue } from '#db/queue.ts';
import { chatAccounts } from '#db/schema/chat.ts';
import { deliveries, letterPreferences, outboundChannels } from '#db/schema/deliveries.ts';
import { principals } from '#db/schema/inventory.ts';
import { letters } from '#db/schema/letters.ts';
import { people } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';
import { testDatabase } from '#db/testing.ts';
import type { Chat } from '#lib/domain/chat.ts';
import { channelNames, type Preferences, usualPreferences } from '#lib/domain/delivery.ts';
import type { LetterKind } from '#lib/domain/letter.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import type { Delivery, Outlets, WebhookCall } from '#lib/notify/ports.ts';
import { asJob } from '#lib/operations/context.ts';
import { deliver } from './deliver.ts';
import { takeDueDeliveries } from './take-due-deliveries.ts';
import { tell } from './tell.ts';
import { updateCards } from './update-cards.ts';

const withMailbox = (id: string) => ({
  ...{ id, name: id, mail: `${id}@contoso.example`, seenIn: randomUUID(), firstSeenAt: new Date() },
  ...{ kind: 'member' as const, list: 'users' as const },
});

export type LettersBench = Awaited<ReturnType<typeof openLetters>>;

export async function openLetters() {
  const opened = await testDatabase();
  const boss = await startQueue(false, () => {});
  const bench = {
    opened,
    sent: [] as Delivery[],
    together: [] as Delivery[][],
    updated: [] as { receipt: Record<string, unknown>; says: string | undefined }[],
    called: [] as WebhookCall[],
    /** Thrown by every way out instead of sending. */
    fault: null as Error | null,
    /** Runs while something is being sent. */
    meanwhile: async () => {},

    outlets(): Outlets {
      const pass = async () => {
        await bench.meanwhile();
        if (bench.fault) throw bench.fault;
      };
      const send = async (delivery: Delivery) => {
        await pass();
        bench.sent.push(delivery);
        return null;
      };
      return {
        channels: {
          mail: {
            send,
            sendTogether: async (all) => {
              await pass();
              bench.together.push([...all]);
            },
          },
          slack: {
            send: async (delivery) => {
              await send(delivery);
              return { channel: 'C1', ts: delivery.id };
            },
            update: async (receipt, { letter }) => {
              await pass();
              bench.updated.push({ receipt, says: letter.standing?.says });
            },
          },
        },
        callWebhook: async (call) => {
          await pass();
          bench.called.push(call);
        },
      };
    },

    async reset() {
      await setClockOffset(db(), 0);
      await bench.jobs();
      await empty(`chat_accounts deliveries letters letter_preferences outbound_channels webhook_endpoints
        webhook_events requests people principals`);
      const seenAt = sql`now()`;
      await db()
        .insert(outboundChannels)
        .values(channelNames.map((name) => ({ name, isSetUp: true, by: 'test', seenAt })));
      await db()
        .insert(people)
        .values(
          ['ada', 'bo'].map((id) => ({ objectId: id, name: id, upn: id, seenAt, kind: 'member' as const })),
        );
      await db().insert(principals).values(['ada', 'bo'].map(withMailbox));
      Object.assign(bench, { sent: [], together: [], updated: [], called: [], fault: null });
      bench.meanwhile = async () => {};
    },

    async request(status: RequestStatus): Promise<string> {
      const id = randomUUID();
      await db()
        .insert(requests)
        .values({
          ...{ id, submissionId: id, origin: 'stint', requesterId: 'ada', requesterName: 'Ada', status },
          ...{ plane: 'azure', roleId: 'r', scopeId: id, roleName: 'Owner', scopeName: 'rg-pay' },
          ...{ scopeKind: 'subscription', eligibilityId: 'e', justification: 'A disk is full' },
          ...{ ticketNumber: '', minutes: 60, filedAt: sql`stint_now()` },
        });
      return id;
    },

    /** A card that Slack has of a letter about a request. */
    async card(requestId: string): Promise<string> {
      await bench.tells('asked_to_sign', 'bo', requestId, randomUUID());
      const [letter] = await db().select().from(letters).where(eq(letters.requestId, requestId)).limit(1);
      const id = randomUUID();
      await db()
        .insert(deliveries)
        .values({
          ...{ id, letterId: letter?.id, requestId, channel: 'slack', address: id, state: 'sent' },
          ...{ receipt: { channel: 'C1', ts: id }, createdAt: sql`stint_now()` },
        });
      return id;
    },

    linksChat: (personId: string, chat: Chat = 'slack') =>
      db()
        .insert(chatAccounts)
        .values({
          ...{ id: randomUUID(), chat, workspaceId: 'T1', userId: personId, userName: personId },
          ...{ workspaceName: 'Contoso', personId, personName: personId, linkedAt: new Date() },
        }),

    wants: (personId: string, facts: Partial<Preferences>) =>
      db()
        .insert(letterPreferences)
        .values({ personId, preferences: { ...usualPreferences, ...facts }, changedAt: sql`now()` }),

    tells: (kind: LetterKind, to: string, requestId: string | null = null, of = 'once') =>
      transaction((tx) =>
        tell(tx, [{ kind, to, requestId, of, facts: { roleName: 'Owner', requesterName: 'Ada' } }]),
      ),

    /** Jobs that were taken since the last time. */
    async jobs() {
      const names = [
        ...(['deliver-mail', 'deliver-slack', 'deliver-teams', 'deliver-webhook'] as const),
        ...(['update-slack-cards', 'update-teams-cards', 'chat-home'] as const),
      ];
      const all = [];
      for (const name of names) {
        for (const { id, data } of await boss.fetch<Record<string, string>>(name, { batchSize: 500 })) {
          all.push({ name, data });
          await boss.complete(name, id);
        }
      }
      return all;
    },

    /** Runs them, each so many times at the same moment. */
    async works(times = 1, outlets: Outlets = bench.outlets()): Promise<void> {
      for (const { name, data } of await bench.jobs()) {
        if (name === 'chat-home') continue;
        const run = () =>
          name === 'update-slack-cards' || name === 'update-teams-cards'
            ? updateCards(data.requestId ?? '', name === 'update-slack-cards' ? 'slack' : 'teams', outlets)
            : deliver(asJob(name, 'trace'), data.deliveryId ?? '', outlets);
        await Promise.all(Array.from({ length: times }, run));
      }
    },

    /** Passes time and does what is due by then. */
    async passes(minutes: number, outlets: Outlets = bench.outlets()): Promise<void> {
      await db().execute(sql`update clock_offset set seconds = seconds + ${minutes * 60}`);
      await takeDueDeliveries(randomUUID);
      await bench.works(1, outlets);
    },

    rows: () => db().select().from(deliveries).orderBy(deliveries.createdAt, deliveries.channel),

    async close() {
      await boss.stop({ graceful: false });
      await opened.close();
    },
  };
  return bench;
}
