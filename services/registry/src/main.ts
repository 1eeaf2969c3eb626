import { runAlone, serviceConfig } from '@shixun/runtime';
import { service } from './app.ts';

await runAlone(service, serviceConfig(process.env, { database: service.name, port: 4001 }));
