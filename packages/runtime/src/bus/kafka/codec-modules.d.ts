declare module 'kafkajs-snappy' {
  /** Makes the codec; kafkajs calls it for each batch. */
  export default function snappyCodec(): {
    compress(encoder: { buffer: Buffer }): Promise<Buffer>;
    decompress(buffer: Buffer): Promise<Buffer>;
  };
}

declare module 'lz4js' {
  const lz4: {
    /** Compresses into one LZ4 frame. */
    compress(source: Uint8Array): Uint8Array;
    /** Decompresses an LZ4 frame. */
    decompress(frame: Uint8Array): Uint8Array;
  };
  export default lz4;
}
