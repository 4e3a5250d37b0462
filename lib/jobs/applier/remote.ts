import { connect } from 'node:net';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ApplierPort } from '#lib/azure/ports.ts';
import { surroundings } from '#lib/config/config.ts';
import { traceId } from '#lib/jobs/trace.ts';
import { applierAddress, requireOwnFolder } from './address.ts';
import { type Answer, type Ask, answer } from './asks.ts';

/** Longer than any of its calls to Azure together. */
const patienceMs = 110_000;
const longestAnswer = 100_000;

/** The Applier in its own process beside the embedded database: asked over its socket, and trusted only in shape. */
export function remoteApplier(address = () => applierAddress(surroundings().dataFolder)): ApplierPort {
  return {
    async clientId() {
      const said = await send(address(), { ask: 'who' });
      if (!('clientId' in said)) throw away('The Applier does not say who it is.');
      return said.clientId;
    },
    async act(step, act) {
      const said = await send(address(), { ask: 'act', traceId: traceId() ?? '', step, act });
      if ('told' in said) return said.told;
      if ('fault' in said) throw new AzureFault(said.fault.kind, said.fault);
      throw away('refused' in said ? said.refused : 'The Applier answered something else.');
    },
  };
}

/** Whether the Applier of this process's data folder answers. */
export async function answers(): Promise<boolean> {
  try {
    await remoteApplier().clientId();
    return true;
  } catch {
    return false;
  }
}

export function isListening(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Whether Azure was told before it went away is not known: that is looked at, and told again. */
function away(message: string): AzureFault {
  return new AzureFault('unknown_outcome', { message });
}

function send(address: string, asked: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let heard = '';
    try {
      requireOwnFolder(address);
    } catch {
      reject(away('The Applier is not there.'));
      return;
    }
    const socket = connect(address);
    const give = (up: string) => {
      socket.destroy();
      reject(away(up));
    };
    socket.setEncoding('utf8');
    socket.setTimeout(patienceMs, () => give('The Applier does not answer.'));
    socket.on('error', () => give('The Applier is not there.'));
    socket.on('connect', () => socket.write(`${JSON.stringify(asked)}\n`));
    socket.on('data', (more) => {
      heard += more;
      if (heard.length > longestAnswer) give('The Applier does not stop.');
    });
    socket.on('end', () => {
      try {
        resolve(answer.parse(JSON.parse(heard)));
      } catch {
        give('The Applier went away.');
      }
    });
  });
}
