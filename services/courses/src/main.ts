import { runAlone, serviceConfig } from '@shixun/runtime';
import { service } from './app.ts';

await runAlone(service, serviceConfig(process.env, { database: 'courses', port: 4002 }));
