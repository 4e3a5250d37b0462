/** What kinds of ticket systems Stint can ask, and what each can tell. */
export const ticketKinds = ['servicenow', 'jira', 'github', 'azure_devops', 'http', 'pattern'] as const;
export type TicketKind = (typeof ticketKinds)[number];

/** Where a generic system answers, and where in its JSON the facts are: dots between names, numbers for places in lists. */
export interface HttpTemplate {
  /** With `{ticket}` where the number goes: `/tickets/{ticket}.json`. */
  path: string;
  key: string;
  title: string;
  state: string;
  assignee: string;
  url: string;
}

/** What a ticket has to be, before access is asked for with it. A rule that its kind cannot tell about is not asked. */
export interface TicketRules {
  mustBeOpen: boolean;
  /** To the person who asks, or to a group of theirs. */
  mustBeAssigned: boolean;
  /** The access begins inside the planned window of a change. */
  mustBeInWindow: boolean;
  /** Where the ticket names what is affected, the scope is among it. */
  mustNameScope: boolean;
  whenUnreachable: 'allow' | 'refuse';
  /** Found closed at the start, or while the access is there: whether that is marked for the person and administrators. */
  markWhenClosed: boolean;
  /** Found closed, and still so a while later: whether the access is to end. Rules saved before there was this lack it: off. */
  endsWhenClosed: boolean;
  /** Writes into the ticket when the access begins and when it ends. */
  comments: boolean;
}

/** A ticket system as an administrator set it up. Its credential is not in it: the environment has it. */
export interface TicketSystem {
  id: string;
  name: string;
  kind: TicketKind;
  /** https address; empty for `pattern`. */
  baseUrl: string;
  /** `owner/repository` of GitHub, the project of Azure DevOps; else empty. */
  project: string;
  patterns: string[];
  /** States that count as closed, where the system has no word for it: lower case. */
  closedStates: string[];
  template: HttpTemplate | null;
  rules: TicketRules;
}

interface KindFacts {
  name: string;
  /** What `baseUrl` looks like; empty: there is none. */
  address: string;
  project: string | null;
  patterns: string;
  /** Whether states have to be named that count as closed. */
  namesStates: boolean;
  tells: readonly ('assignee' | 'window' | 'affected')[];
  comments: boolean;
}

export const ticketKindFacts: Record<TicketKind, KindFacts> = {
  servicenow: {
    name: 'ServiceNow',
    address: 'https://example.service-now.com',
    project: null,
    patterns: 'INC{n} CHG{n}',
    namesStates: true,
    tells: ['assignee', 'window', 'affected'],
    comments: true,
  },
  jira: {
    name: 'Jira Cloud',
    address: 'https://example.atlassian.net',
    project: null,
    patterns: 'OPS-{n}',
    namesStates: false,
    tells: ['assignee'],
    comments: true,
  },
  github: {
    name: 'GitHub issues',
    address: 'https://api.github.com',
    project: 'owner/repository',
    patterns: '#{n}',
    namesStates: false,
    tells: [],
    comments: true,
  },
  azure_devops: {
    name: 'Azure DevOps work items',
    address: 'https://dev.azure.com/organisation',
    project: 'project',
    patterns: 'AB#{n}',
    namesStates: true,
    tells: ['assignee'],
    comments: true,
  },
  http: {
    name: 'Any system that answers JSON',
    address: 'https://tickets.example.com',
    project: null,
    patterns: 'T-{n}',
    namesStates: true,
    tells: ['assignee'],
    comments: false,
  },
  pattern: {
    name: 'Pattern only: nobody is asked',
    address: '',
    project: null,
    patterns: 'REQ-{n}',
    namesStates: false,
    tells: [],
    comments: false,
  },
};

export const usualClosedStates = [
  'closed',
  'resolved',
  'done',
  'removed',
  'canceled',
  'cancelled',
  'complete',
];

export const usualRules: TicketRules = {
  mustBeOpen: true,
  mustBeAssigned: false,
  mustBeInWindow: false,
  mustNameScope: false,
  whenUnreachable: 'allow',
  markWhenClosed: true,
  endsWhenClosed: false,
  comments: false,
};

/** Whether anybody is asked about its tickets. */
export function isAsked(kind: TicketKind): boolean {
  return kind !== 'pattern';
}

/** `STINT_TICKET_<this>_TOKEN` is where a system's credential is: `Service desk` gives `SERVICE_DESK`. */
export function credentialName(name: string): string {
  return name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}
