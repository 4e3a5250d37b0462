import { z } from 'zod';
import { type Asking, line, shaped } from './asking.ts';
import { TicketSystemFault } from './faults.ts';
import { atPath } from './json-path.ts';
import type { TicketPort } from './ports.ts';

/** Any system that answers one ticket as JSON: an administrator says where, and where in it the facts are. */
export function httpTemplate({ system, ask }: Asking): TicketPort {
  const { template } = system;
  if (!template) throw new TicketSystemFault('not_configured', { detail: 'it has no template.' });
  return {
    async find(number) {
      const answer = await ask(template.path.replaceAll('{ticket}', encodeURIComponent(number)));
      if (answer.status === 404 || answer.status === 410) return null;
      const json = shaped(answer, z.unknown());
      const text = (path: string) => textAt(json, path);
      const key = text(template.key) ?? (template.key === '' ? number : null);
      const state = text(template.state);
      if (key === null || state === null) {
        const detail = `its answer has nothing at “${key === null ? template.key : template.state}”.`;
        throw new TicketSystemFault('broken', { status: answer.status, detail });
      }
      const assignee = text(template.assignee);
      return {
        key,
        moved: key.toLowerCase() !== number.toLowerCase(),
        title: line(text(template.title) ?? ''),
        state: line(state, 60),
        open: !system.closedStates.includes(state.toLowerCase()),
        url: webAddress(text(template.url)),
        assignedTo: assignee,
        assignees: assignee ? [assignee.toLowerCase()] : [],
        groups: [],
        window: null,
        affected: [],
      };
    },
    async comment() {},
  };
}

function textAt(json: unknown, path: string): string | null {
  if (path === '') return null;
  const found = atPath(json, path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : null;
}

/** A link on our page goes to the web, never to a script. */
function webAddress(text: string | null): string | null {
  return text && /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text).href : null;
}
