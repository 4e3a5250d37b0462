/** What is said about a request while it waits for signatures, and who can act, in the shape screens show it. */
import type { Terms } from '#lib/domain/approval.ts';
import type { Availability } from './availability-rows.ts';

export interface TalkLine {
  id: string;
  kind: 'question' | 'answer' | 'nudge' | 'hand_over' | 'offer';
  byName: string;
  text: string;
  at: Date;
}

/** What an approver offered instead, and waits for the requester. */
export interface OpenOffer {
  id: string;
  byName: string;
  terms: Terms;
  reason: string;
  /** Accepted, it counts as the offerer’s signature. */
  signs: boolean;
  /** In which stage it was offered. */
  stage: number;
  at: Date;
}

/** What an approver needs to say something about a request. */
export interface TalkFacts {
  /** The stage that waits, the first as 1. */
  stage: number;
  asked: Terms;
  /** There may be narrower places to offer. */
  hasPlaces: boolean;
  offer: OpenOffer | null;
  thread: TalkLine[];
  /** In their own right, and they have not signed: they may name somebody else. */
  mayHandOver: boolean;
  /** To whom they did. */
  handedToName: string | null;
  watching: boolean;
}

/** Somebody who can sign now. */
export interface Signer {
  id: string;
  name: string;
  through: string | null;
  forName: string | null;
  /** Until when the one they sign for is away; null: not known to be. */
  forAwayUntil: Date | null;
  handedToName: string | null;
  availability: Availability;
}

export interface StageStep {
  name: string;
  state: 'done' | 'now' | 'to_come' | 'not_reached';
  needed: number;
  signed: {
    id: string;
    name: string;
    forName: string | null;
    approve: boolean;
    at: Date;
    justification: string;
    /** Being looked at yet. */
    isIntended: boolean;
  }[];
  /** Who is asked, in words: of a stage that is still to come. */
  sets: string[];
  /** Of the stage that waits: who can sign and has not. */
  signers: Signer[];
  /** Who else is asked, and from when; null: nobody. */
  escalation: { at: Date | null; sets: string[]; isDone: boolean } | null;
}

/** Stint’s own approval of a request. */
export interface RequestTalk {
  now: Date;
  rule: string;
  stages: StageStep[];
  /** Unsigned, it lapses then; null: it does not wait. */
  lapsesAt: Date | null;
  /** A receipt that waits to be started: until when. */
  useBy: Date | null;
  asked: Terms;
  offer: OpenOffer | null;
  thread: TalkLine[];
  watching: boolean;
  /** When the requester may nudge: null now. */
  nudgeAt: Date | null;
  may: { nudge: boolean; answer: boolean; take: boolean; watch: boolean };
  /** For who may sign: what they need to talk about it. */
  facts: TalkFacts | null;
}
