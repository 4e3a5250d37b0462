/** Requests over kept-alive connections, as browsers and proxies send them. */
import { Agent, get } from 'node:http';

export interface Asked {
  url: string;
  headers: Record<string, string>;
}

/**
 * Requests a second with `connections` open, each asking again as soon as it is answered, for `seconds`.
 * @throws Error when an answer is not 200.
 */
export async function requestsPerSecond(asked: Asked, connections: number, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const started = performance.now();
  const end = started + seconds * 1000;
  let answered = 0;
  const one = async () => {
    while (performance.now() < end) {
      await answerOf(asked, agent);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
  return (answered / (performance.now() - started)) * 1000;
}

/**
 * Milliseconds of each answer at a steady rate, whether or not the ones before are back, measured from the
 * moment the request was due: a server that stalls cannot hide it by being asked less.
 * @throws Error when an answer is not 200.
 */
export async function latenciesAt(asked: Asked, perSecond: number, seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const started = performance.now();
  const due = Array.from({ length: perSecond * seconds }, (_, at) => started + (at * 1000) / perSecond);
  const latencies = await Promise.all(
    due.map(async (moment) => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - performance.now())));
      await answerOf(asked, agent);
      return performance.now() - moment;
    }),
  );
  agent.destroy();
  return latencies;
}

/** The body's length in bytes, as it came. */
function answerOf({ url, headers }: Asked, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = get(url, { agent, headers }, (answer) => {
      let length = 0;
      answer.on('data', (part: Buffer) => {
        length += part.length;
      });
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(length);
        else reject(new Error(`${url} answered ${answer.statusCode}`));
      });
    });
    asking.on('error', reject);
  });
}
