import { expect, test } from '@jest/globals';
import { readStartOptions } from './start-options.ts';

test('without words: in-process events, kept data, port 4000, the small province', () => {
  expect(readStartOptions([], {})).toEqual({
    kafka: false,
    reset: false,
    port: 4000,
    size: 'small',
  });
});

test('every word is taken up', () => {
  const args = ['--kafka', '--reset', '--port', '4100', '--size', 'city'];
  expect(readStartOptions(args, {})).toEqual({
    kafka: true,
    reset: true,
    port: 4100,
    size: 'city',
  });
});

test('KAFKA_BROKERS says Kafka too', () => {
  expect(readStartOptions([], { KAFKA_BROKERS: '127.0.0.1:9092' }).kafka).toBe(true);
});
