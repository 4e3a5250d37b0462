import type { HttpTemplate, TicketKind, TicketRules, TicketSystem } from '#lib/domain/ticket-system.ts';
import { ticketKindFacts, usualClosedStates, usualRules } from '#lib/domain/ticket-system.ts';

/** A ticket system as it is typed. */
export interface TicketForm {
  name: string;
  kind: TicketKind;
  baseUrl: string;
  project: string;
  /** With spaces or commas between. */
  patterns: string;
  /** With commas between: states have spaces. */
  closedStates: string;
  template: HttpTemplate;
  rules: TicketRules;
}

const emptyTemplate: HttpTemplate = {
  ...{ path: '/tickets/{ticket}', key: 'id', title: 'title', state: 'state', assignee: '', url: '' },
};

export function newForm(kind: TicketKind): TicketForm {
  const { name, patterns } = ticketKindFacts[kind];
  const isPlain = kind === 'http' || kind === 'pattern';
  return {
    ...{ name: isPlain ? '' : name, kind, baseUrl: kind === 'github' ? 'https://api.github.com' : '' },
    ...{ project: '', patterns, closedStates: usualClosedStates.join(', ') },
    template: emptyTemplate,
    rules: usualRules,
  };
}

export function formOf(system: TicketSystem): TicketForm {
  const { name, kind, baseUrl, project, patterns, closedStates, template, rules } = system;
  return {
    ...{ name, kind, baseUrl, project, patterns: patterns.join(' '), closedStates: closedStates.join(', ') },
    template: template ?? emptyTemplate,
    // What was saved before a rule was there lacks it.
    rules: { ...usualRules, ...rules },
  };
}

/** What is sent of it: only what its kind has. */
export function factsOf(form: TicketForm): Omit<TicketSystem, 'id'> {
  const { kind, name, rules } = form;
  const known = ticketKindFacts[kind];
  return {
    ...{ name: name.trim(), kind, rules },
    baseUrl: known.address === '' ? '' : form.baseUrl.trim().replace(/\/+$/, ''),
    project: known.project ? form.project.trim() : '',
    patterns: form.patterns.split(/[\s,]+/).filter((one) => one !== ''),
    closedStates: known.namesStates
      ? form.closedStates
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== '')
      : usualClosedStates,
    template: kind === 'http' ? form.template : null,
  };
}
