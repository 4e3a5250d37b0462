import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { webhookEndpoints } from '#db/schema/deliveries.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isWebhookEvent } from '#lib/domain/webhook-event.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { newSecret, type SealSecret } from './secret.ts';

export interface EndpointFacts {
  name: string;
  url: string;
  events: string[];
  sendsReasons: boolean;
}

/** Why an address is none that Stint calls, in words; null: it may be. */
export type FaultOfAddress = (url: URL) => string | null;

/**
 * Sets an endpoint up (`id` null), or changes one over the version that was before the administrator's eyes. Answers
 * its id, and of a new one the secret, which is never shown again.
 * @throws Refusal `not_found` for who does not administer Stint; `malformed` with the field; `conflict`.
 */
export async function saveEndpoint(
  ctx: PersonContext,
  { id, version, facts }: { id: string | null; version: number; facts: EndpointFacts },
  seal: SealSecret,
  faultOfAddress: FaultOfAddress,
): Promise<{ id: string; secret: string | null }> {
  return change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      requireUsable(facts, faultOfAddress);
      const [before] = id
        ? await tx.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id)).for('update')
        : [];
      if (id && !before) throw new Refusal('not_found');
      return { before, now: await clock(tx) };
    },
    async (tx, { before, now }) => {
      const by = { changedAt: now, changedByName: ctx.actor.name };
      const known = before?.id ?? randomUUID();
      const secret = before ? null : newSecret();
      const saved = before
        ? await tx
            .update(webhookEndpoints)
            .set({ ...facts, ...by, version: sql`${webhookEndpoints.version} + 1` })
            .where(and(eq(webhookEndpoints.id, before.id), eq(webhookEndpoints.version, version)))
            .returning()
        : await tx
            .insert(webhookEndpoints)
            .values({ ...facts, ...by, id: known, enabled: true, sealedSecret: seal(known, secret ?? '') })
            .returning();
      if (saved.length === 0) throw new Refusal('conflict');
      const action = before ? 'webhook.changed' : 'webhook.added';
      const details = { before: before && factsOf(before), after: facts };
      return {
        value: { id: known, secret },
        entries: [{ action, subject: { kind: 'webhook', id: known }, details }],
      };
    },
  );
}

function factsOf({ name, url, events, sendsReasons }: EndpointFacts): EndpointFacts {
  return { name, url, events, sendsReasons };
}

function requireUsable({ name, url, events }: EndpointFacts, faultOfAddress: FaultOfAddress): void {
  if (!/^[\p{L}\d][^\p{C}]{0,59}$/u.test(name))
    throw new Refusal('malformed', 'Give it a name, 60 characters at most.', 'name');
  if (!isAddress(url))
    throw new Refusal('malformed', 'Write a whole address, such as https://hooks.example.com/stint.', 'url');
  if (isPlain(url))
    throw new Refusal(
      'malformed',
      'Write an address with https: over http anybody on the way reads along.',
      'url',
    );
  const fault = faultOfAddress(new URL(url));
  if (fault) throw new Refusal('malformed', fault, 'url');
  if (events.length === 0 || !events.every(isWebhookEvent))
    throw new Refusal('malformed', 'Choose at least one event.', 'events');
}

/** Where its name leads is judged with every call. */
function isAddress(text: string): boolean {
  if (text.length > 500 || !URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && hash === '';
}

/** Only the sandbox calls its own machine over plain http; whether it may is judged with every call. */
function isPlain(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}
