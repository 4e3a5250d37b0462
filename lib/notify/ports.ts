import type { PersonalChannel } from '#lib/domain/delivery.ts';
import type { LetterFacts, LetterKind } from '#lib/domain/letter.ts';
import type { RequestStatus } from '#lib/domain/request.ts';

/** How the request of a letter stands now: cards show it, and ask for nothing once it is decided. */
export interface Standing {
  status: RequestStatus;
  /** In words, such as “Denied by Bo Okafor”. */
  says: string;
  /** Somebody may still decide it. */
  isOpen: boolean;
}

/** A letter to one person by one channel. */
export interface Delivery {
  /** Stays the same however often it is tried. */
  id: string;
  letter: {
    id: string;
    kind: LetterKind;
    facts: LetterFacts;
    requestId: string | null;
    writtenAt: Date;
    /** null: it is about no request. */
    standing: Standing | null;
  };
  person: { id: string; name: string };
  address: string;
}

/** What a channel needs to find again what it sent; null where nothing is updated. */
export type Receipt = Record<string, unknown> | null;

/** One way by which letters reach people. Every call may throw `NotifyFault`. */
export interface Channel {
  send(delivery: Delivery): Promise<Receipt>;
  /** Several letters to one person as one; the first id stands for all. */
  sendTogether?(deliveries: readonly Delivery[]): Promise<void>;
  /** Brings what was sent up to how its request stands now. */
  update?(receipt: Record<string, unknown>, delivery: Delivery): Promise<void>;
}

/** An event on its way to an endpoint. */
export interface WebhookCall {
  /** The event's, the same for every try. */
  id: string;
  url: string;
  body: string;
  /** Sealed secrets that sign it, the newest first. */
  sealedSecrets: { endpointId: string; sealed: Buffer }[];
}

/** The ways out of this process; one that is not set up is not there. */
export interface Outlets {
  channels: Partial<Record<PersonalChannel, Channel>>;
  /** @throws NotifyFault; `gone` for an endpoint that wants no more. */
  callWebhook(call: WebhookCall): Promise<void>;
}
