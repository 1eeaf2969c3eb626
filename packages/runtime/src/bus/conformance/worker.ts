/**
 * A process that relays, hears, or both, and kills itself at a named step: SIGKILL, nothing is cleaned up. Started by
 * the conformance suite alone.
 */
import { z } from 'zod';
import type { FaultPoint } from '../fault-point.ts';
import { hear, openBus, openPlace, relayOf } from './node.ts';

const env = z
  .object({
    BUS: z.enum(['kafka', 'in-process']),
    RUN: z.string().min(1),
    ROLE: z.enum(['relay', 'hearer', 'both']),
    MONGODB_URI: z.string().min(1),
    TELLER: z.string().min(1),
    HEARER: z.string().min(1),
    /** The step to die at, and at which time it is reached; empty to live on. */
    DIE_AT: z.string().default(''),
    DIE_AFTER: z.coerce.number().int().min(1).default(1),
  })
  .parse(process.env);

let reached = 0;

const faultPoint: FaultPoint = (name) => {
  if (name !== env.DIE_AT) return;
  reached += 1;
  if (reached === env.DIE_AFTER) process.kill(process.pid, 'SIGKILL');
};

const uri = env.MONGODB_URI;
const bus = openBus(env.BUS, env.RUN, env.ROLE === 'both' ? ['credits'] : []);
if (env.ROLE !== 'relay') {
  const hearer = await openPlace({ uri, database: env.HEARER });
  hear(hearer, bus, 'credits', { faultPoint });
}
if (env.ROLE !== 'hearer') {
  const teller = await openPlace({ uri, database: env.TELLER });
  relayOf(teller, bus, faultPoint);
}
