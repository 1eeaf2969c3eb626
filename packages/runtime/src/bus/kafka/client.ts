/**
 * kafkajs, made fit: the codecs it lacks, logs through pino, and its idle timer mended. Only this folder knows
 * kafkajs; the conformance suite lets it be changed for another client.
 */
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs, { type Kafka, type logLevel } from 'kafkajs';
import snappyCodec from 'kafkajs-snappy';
import lz4 from 'lz4js';
import type { Logger } from 'pino';

export type KafkaSettings = {
  /** `host:port` of some brokers. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Put before every topic and group, so that environments can share a cluster. */
  readonly topicPrefix: string;
  readonly replicationFactor: number;
  /** How long the coordinator waits for a silent member, in milliseconds; 10,000 unless given. */
  readonly sessionMs?: number;
  readonly log: Logger;
};

/** Retries inside kafkajs stay short: what outlasts them, our own loops rebuild from nothing. */
const retry = {
  initialRetryTime: 200,
  maxRetryTime: 2_000,
  factor: 0.2,
  multiplier: 2,
  retries: 5,
};

export function kafkaClient(settings: KafkaSettings): Kafka {
  registerCodecs();
  mendRequestQueue();
  return new kafkajs.Kafka({
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    retry,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => (entry) => {
      const { message, ...fields } = entry.log;
      // Whether a failure matters is decided by the loops that see it; kafkajs reports each of its tries as an error.
      settings.log[pinoLevel(entry.level)]({ kafka: fields, namespace: entry.namespace }, message);
    },
  });
}

function pinoLevel(level: logLevel): 'debug' | 'trace' {
  return level <= kafkajs.logLevel.WARN ? 'debug' : 'trace';
}

/** Foreign producers compress as they like; without the codec a single such batch would end the consumer. */
function registerCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  CompressionCodecs[CompressionTypes.Snappy] = snappyCodec;
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4Codec;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstdCodec;
}

type Encoder = { readonly buffer: Buffer };

const lz4Codec = {
  compress: async (encoder: Encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer: Buffer) => Buffer.from(lz4.decompress(buffer)),
};

const zstdCodec = {
  compress: async (encoder: Encoder) => promisify(zstdCompress)(encoder.buffer),
  decompress: async (buffer: Buffer) => promisify(zstdDecompress)(buffer),
};

type RequestQueue = {
  pending: unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests: () => void;
  scheduleCheckPendingRequests: () => void;
};

/** How soon a full pipeline is looked at again; kafkajs' own figure. */
const pendingCheckMs = 10;

/**
 * kafkajs 2.2.4 re-arms a timer of 1 ms for ever after the first request of a connection (issues 1556 and 1751),
 * also when nothing is pending. Here the timer is armed only while something waits.
 */
function mendRequestQueue(): void {
  const require = createRequire(import.meta.url);
  const { prototype } = require('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
  if (typeof prototype?.scheduleCheckPendingRequests !== 'function') {
    throw new Error('kafkajs has changed inside: check whether its idle timer still needs mending');
  }
  prototype.scheduleCheckPendingRequests = function scheduleWhenPending(this: RequestQueue) {
    if (this.pending.length === 0 || this.throttleCheckTimeoutId !== null) return;
    const throttledMs = this.throttledUntil - Date.now();
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      throttledMs > 0 ? throttledMs : pendingCheckMs,
    );
  };
}
