import type { ChannelName, DeliveryState } from '#lib/domain/delivery.ts';

/** One way out, as it is doing. */
export interface ChannelRow {
  name: ChannelName;
  isSetUp: boolean;
  by: string;
  waiting: number;
  failing: number;
  dead: number;
  /** When the oldest that could have gone was written; null: none waits. */
  oldestAt: Date | null;
  lastSentAt: Date | null;
  /** Of the last day, from letter to sent, without those that were to wait; null: none was sent. */
  p95Seconds: number | null;
}

/** A delivery that did not arrive, or of an endpoint any. */
export interface DeliveryRow {
  id: string;
  channel: ChannelName;
  address: string;
  what: string;
  to: string;
  requestId: string | null;
  state: DeliveryState;
  tries: number;
  failure: string | null;
  createdAt: Date;
  /** null: not by itself. */
  dueAt: Date | null;
  sentAt: Date | null;
}

export interface DeliverySettings {
  now: Date;
  channels: ChannelRow[];
  /** Failing and given up, the newest first; a hundred at the most. */
  troubled: DeliveryRow[];
}

export interface EndpointRow {
  id: string;
  name: string;
  url: string;
  events: string[];
  sendsReasons: boolean;
  enabled: boolean;
  disabledWhy: string | null;
  version: number;
  changedAt: Date;
  changedByName: string;
  /** Until when the secret before holds too; null: it does not. */
  bothUntil: Date | null;
  lastSentAt: Date | null;
  failing: number;
}
