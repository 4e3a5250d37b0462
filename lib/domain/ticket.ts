import type { RefusalCode } from './refusal.ts';
import { type TicketRules, type TicketSystem, ticketKindFacts } from './ticket-system.ts';

/** A ticket as its system tells of it; null and empty lists: the system does not say. */
export interface Ticket {
  key: string;
  /** The number that was asked for names another ticket by now: `key` is the new one. */
  moved: boolean;
  title: string;
  state: string;
  open: boolean;
  url: string | null;
  /** For the eye. */
  assignedTo: string | null;
  /** By which a person may be known: addresses and account names, lower case. */
  assignees: string[];
  /** Names of groups it is assigned to. */
  groups: string[];
  window: { from: Date | null; to: Date | null } | null;
  /** Whether it is a change that was approved; null or missing: the system does not say. */
  approved?: boolean | null;
  /** What it is about: names of hosts, services, configuration items. */
  affected: string[];
}

/** A ticket system that could not be asked, or said nothing of use. */
export interface Unreachable {
  why: string;
}

/** What one system said of one number, and when. `answer` null: it knows no such ticket. */
export interface TicketCheck {
  number: string;
  system: Pick<TicketSystem, 'id' | 'name' | 'kind' | 'rules'> & { version: number };
  answer: Ticket | null | Unreachable;
  checkedAt: Date;
}

/** Who asks, from when, for which scope. */
export interface TicketAsk {
  upn: string;
  /** Names of the groups they are in, as far as Stint knows. */
  groups: readonly string[];
  startsAt: Date;
  /** null: judged without it. */
  scope: { id: string; name: string } | null;
}

export interface TicketFault {
  code: RefusalCode;
  detail: string;
}

/** A ticket as it was when something was asked for with it, kept beside that. */
export interface TicketKept {
  system: string;
  key: string;
  title: string;
  state: string;
  url: string | null;
  verdict: TicketVerdict;
  /** Why it could not be asked about. */
  note: string | null;
  /** ISO 8601. */
  checkedAt: string;
}

/** How a check stands with a request: `unreachable` was allowed with this mark; `broken` came later, closed most often. */
export const ticketVerdicts = ['good', 'unreachable', 'broken'] as const;
export type TicketVerdict = (typeof ticketVerdicts)[number];

/** What a check tells, to be kept as it is. */
export function keptOf({ number, system, answer, checkedAt }: TicketCheck): TicketKept {
  const ticket = isTicket(answer) ? answer : null;
  return {
    system: system.name,
    key: ticket?.key ?? number,
    title: ticket?.title ?? '',
    state: ticket?.state ?? '',
    url: ticket?.url ?? null,
    verdict: ticket ? 'good' : 'unreachable',
    note: answer && !isTicket(answer) ? answer.why : null,
    checkedAt: checkedAt.toISOString(),
  };
}

export function isTicket(answer: TicketCheck['answer']): answer is Ticket {
  return answer !== null && 'key' in answer;
}

/** Judges a ticket by its system's rules: the first that it breaks, or null. */
export function judgeTicket({ number, system, answer }: TicketCheck, ask: TicketAsk): TicketFault | null {
  const { name, kind, rules } = system;
  if (answer === null) {
    return { code: 'ticket_not_found', detail: `${name} knows no ticket ${number}. Check the number.` };
  }
  if (!isTicket(answer)) return unreachable(name, rules, answer);
  const { key, state } = answer;
  if (answer.moved) {
    return { code: 'ticket_moved', detail: `${number} is ${key} by now. Use ${key} if that is the one.` };
  }
  if (rules.mustBeOpen && !answer.open) {
    return { code: 'ticket_closed', detail: `${key} is ${state}. Reopen it, or use another ticket.` };
  }
  const tells = ticketKindFacts[kind].tells;
  if (rules.mustBeAssigned && tells.includes('assignee') && !isTheirs(answer, ask)) {
    const whose = answer.assignedTo ?? answer.groups[0] ?? 'nobody';
    const detail = `${key} is assigned to ${whose}. It has to be yours, or a group’s you are in.`;
    return { code: 'ticket_not_yours', detail };
  }
  if (rules.mustBeInWindow && tells.includes('window') && !isInWindow(answer, ask.startsAt)) {
    return { code: 'ticket_outside_window', detail: windowWords(answer) };
  }
  if (rules.mustNameScope && ask.scope && !namesScope(answer, ask.scope)) {
    const detail = `${key} is about ${answer.affected.join(', ')}, not about ${ask.scope.name}.`;
    return { code: 'ticket_other_scope', detail };
  }
  return null;
}

function unreachable(name: string, { whenUnreachable }: TicketRules, { why }: Unreachable) {
  if (whenUnreachable === 'allow') return null;
  const detail = `${name} could not be asked about the ticket: ${why} Nothing was sent; try again in a moment.`;
  return { code: 'ticket_unreachable' as const, detail };
}

function isTheirs({ assignees, groups }: Ticket, ask: TicketAsk): boolean {
  if (assignees.includes(ask.upn.toLowerCase())) return true;
  const theirs = new Set(ask.groups.map((group) => group.toLowerCase()));
  return groups.some((group) => theirs.has(group.toLowerCase()));
}

/** A ticket without a window (an incident) has nothing to be outside of. */
function isInWindow({ window }: Ticket, at: Date): boolean {
  if (!window) return true;
  return (window.from === null || window.from <= at) && (window.to === null || at < window.to);
}

function windowWords({ key, window }: Ticket): string {
  const words = (moment: Date | null | undefined, open: string) =>
    moment ? `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC` : open;
  const from = words(window?.from, 'any time');
  return `${key} is planned from ${from} to ${words(window?.to, 'no end')}. Start inside that window.`;
}

/** Any part of the scope's path or its name is one of the things the ticket names; nothing named: nothing to compare. */
function namesScope({ affected }: Ticket, scope: { id: string; name: string }): boolean {
  if (affected.length === 0) return true;
  const parts = new Set([...scope.id.split('/'), scope.name].map((part) => part.toLowerCase()));
  return affected.some((item) => parts.has(item.toLowerCase()));
}
/** A ticket as the form shows it. */
export interface TicketPreview {
  system: string;
  key: string;
  title: string;
  state: string;
  url: string | null;
  /** What a submit with it would be refused for. */
  refusal: string | null;
  /** Why it could not be asked about. */
  unreachable: string | null;
  /** Where it moved to. */
  movedTo: string | null;
}
