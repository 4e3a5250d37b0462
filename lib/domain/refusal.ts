import type { StepUpAsk } from './proof.ts';

/** Every way Stint says no, and the sentence that says what to do. Codes are the contract; texts may improve. */
export const refusalSentences = {
  not_signed_in: 'Your session has ended. Sign in again; what you typed is kept.',
  sign_in_again: 'Microsoft asks you to sign in again before this. Sign in, and send it once more.',
  authority_away: 'Microsoft’s sign-in does not answer right now. Nothing was done; try again in a moment.',
  cross_site: 'This did not come from Stint’s own page. Open Stint and try again.',
  malformed: 'Something in the form is not as it should be. Check the marked fields.',
  not_found: 'There is nothing here, or it is not yours to see.',
  not_allowed: 'Your account may not do this.',
  not_eligible: 'You are not eligible for this role here. If that is new, refresh your access.',
  justification_missing: 'This role asks for a justification. Say what you will do.',
  justification_too_long: 'The justification is too long. Keep it under 500 characters.',
  ticket_missing: 'This role asks for a ticket number.',
  ticket_too_long: 'The ticket number is too long. Keep it under 100 characters.',
  ticket_not_found: 'There is no such ticket. Check the number.',
  ticket_closed: 'This ticket is closed. Reopen it, or use another.',
  ticket_not_yours: 'This ticket is assigned to somebody else.',
  ticket_outside_window: 'The start is outside the window this change is planned for.',
  ticket_other_scope: 'This ticket is about something else than the scope of the role.',
  ticket_moved: 'This ticket has another number by now.',
  ticket_unreachable: 'The ticket system could not be asked. Try again in a moment.',
  ticket_unknown: 'No ticket system of yours has numbers like this. Check the number.',
  too_long: 'This is longer than the policy allows.',
  too_short: 'PIM activates for at least five minutes.',
  start_in_past: 'The start is in the past. Choose now or a later time.',
  start_too_late: 'The start is too far ahead. Choose a time within 30 days.',
  step_up_needed:
    'Microsoft asks for a stronger sign-in before this. Sign in with it, and the same request goes on.',
  mfa_needed: 'This role asks for multifactor authentication. Sign in again with it.',
  place_unknown:
    'Stint does not know this place below your scope. Open the list of places again and choose from it.',
  held_wider: 'You already hold this role wider. End that first, or ask for a start after it.',
  occurrence_over: 'This on-call window is over, or not near enough yet. See On-call windows.',
  already_live: 'You already have this role active or asked for. See Requests.',
  too_many_pending: 'You have too many open requests. Finish or cancel some first.',
  own_request: 'Nobody decides their own request.',
  own_finding: 'This finding is about your own access. Somebody else says whether it may stay.',
  already_decided: 'Somebody else decided this request first.',
  already_signed: 'You signed this already. Each person signs a request once, whatever account they use.',
  stage_moved:
    'This waits in another stage than the one you were shown. Nothing was signed; look at it again first.',
  frozen: 'Activations are frozen at this time. Ask again when that is over.',
  receipt_over: 'The time to start this is over. Ask again if you still need it.',
  portal_needed: 'This one is decided in the portal, where you are asked for a fresh sign-in.',
  not_together: 'This request is decided on its own. Decide it by itself.',
  not_pending: 'This request is no longer waiting for a decision.',
  not_cancellable: 'This request can no longer be cancelled.',
  already_extended: 'This is extended already. What follows it is under Active now.',
  not_active: 'This access is not active any more.',
  under_the_floor: 'Azure keeps an activation for at least five minutes. It can be ended after that.',
  own_access: 'Nobody decides about their own access, also not through a group they are in.',
  second_person:
    'This needs a second administrator: not who asked for it, and not who it is about. Ask somebody else to let it go.',
  undo_too_late: 'What was applied can be undone for 30 days. Give it anew if it is needed.',
  conflict: 'Someone else changed this a moment ago. Look again.',
  reading_under_way: 'The tenant is being read already. See how far it is under Inventory.',
  no_reading:
    'The tenant was not read to its end yet, or it is still being worked out what that means. Try again a little later; see Posture.',
  review_closed: 'This review is not open any more. What was decided stays as it is.',
  rationale_missing: 'Say why: this decision needs a reason.',
  rationale_too_long: 'The reason is too long. Keep it under 500 characters.',
  cannot_be_eligible:
    'This cannot be made eligible: only standing access that a person or group holds itself can.',
  cannot_be_time_bound:
    'This cannot be given an end: only a standing role that an application, managed identity or agent holds itself can.',
  look_at_group: 'Removing this means leaving a group. Look first at what else the group gives.',
  bundle_not_whole: 'A bundle needs a name and at least one role. Check both.',
  unavailable: 'Stint’s database does not answer just now. Nothing was saved. Try again in a moment.',
  unknown_outcome:
    'The connection broke while this was being saved, and Stint does not know whether it was. Look under Requests, or send the same once more: it counts once.',
  too_fast: 'That is more than Stint takes at once. Try again in a moment.',
  proof_needed:
    'Stint asks for a fresh sign-in before this. Nothing was sent; press again when you are ready.',
  proof_refused: 'This sign-in does not count here. Sign in once more.',
  caller_refused: 'Only Microsoft’s PIM is answered here.',
  offer_closed: 'This offer is not open any more. Look again.',
  policy_asks_more:
    'Of these terms Stint’s own policy asks other signatures than of what was asked. Offer something else, or have it asked anew.',
  nudged_lately: 'You nudged them a while ago. Once an hour is enough.',
  nobody_to_nudge:
    'There is nobody to nudge just now: whoever could sign has done so, or is not there. Nobody was told.',
  away_already: 'There is an absence in that time already. End that one first.',
  reason_unclear: 'Say what you will do: the reason is read by others, now and later.',
} as const;

export type RefusalCode = keyof typeof refusalSentences;

/**
 * A no that was foreseen. Inside it is thrown; the door turns it into a value. `detail` replaces the
 * general sentence where we can say more (the policy's maximum, who decided first).
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly field: string | null;
  constructor(code: RefusalCode, detail?: string, field: string | null = null) {
    super(detail ?? refusalSentences[code]);
    this.name = 'Refusal';
    this.code = code;
    this.field = field;
  }
}

/** A no that says how Stint is, and nothing about who asked or what for. */
export function isTrouble({ code }: Refusal): boolean {
  return code === 'unavailable' || code === 'unknown_outcome';
}

/** Too much at once: the same may be asked again after so many seconds. */
export class TooFast extends Refusal {
  readonly seconds: number;
  constructor(seconds: number) {
    super('too_fast', `That is more than Stint takes at once. Try again in ${seconds} s.`);
    this.seconds = seconds;
  }
}

/** What a door answers: the value, or the refusal as plain data. */
export type Outcome<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      code: RefusalCode;
      message: string;
      field: string | null;
      /** For `proof_needed`: what to ask the person for before the same is sent again. */
      stepUp?: StepUpAsk | undefined;
    };
