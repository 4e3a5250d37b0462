import { isAct, type JobName } from '#db/queue.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import { TicketSystemFault } from '#lib/tickets/faults.ts';

/** What keeps how far it came: each try is shorter than the one before. */
const goesOn: ReadonlySet<JobName> = new Set(['update-slack-cards', 'update-teams-cards']);

/**
 * In how many seconds a job that failed is taken anew, since who was asked said so: an act, until its token is gone, and
 * what goes on from where it was cut. Readings come again by themselves; taken anew as well, they would never end. null:
 * nobody said, and the queue tries it again.
 */
export function toldToWait(name: JobName, error: unknown): number | null {
  const said = isAct(name) || goesOn.has(name) ? saidWhen(error) : null;
  return said === null ? null : Math.max(1, Math.ceil(said));
}

function saidWhen(error: unknown): number | null {
  const isBusy =
    (error instanceof AzureFault && error.retry === 'later') ||
    ((error instanceof TicketSystemFault || error instanceof NotifyFault) && error.kind === 'busy');
  return isBusy ? error.retryAfterSeconds : null;
}
