/** One replica of the courses service in a process of its own, so that a test can kill it: says where it is. */
import { service } from '@shixun/courses';
import { createLogger, InProcessBus, serviceConfig, startService } from '@shixun/runtime';

const config = serviceConfig(process.env, { database: 'courses', port: 0 });
const bus = new InProcessBus({ expected: ['courses'], log: createLogger('bus', 'error') });
const { url } = await startService(service, config, { bus });
process.send?.({ url });
