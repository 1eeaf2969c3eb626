import { setTimeout as sleep } from 'node:timers/promises';
import { outboxRows, type RunningService } from '@shixun/runtime';
import { SingleBar } from 'cli-progress';
import { loadDemoProvince } from '../province/load.ts';
import type { ProvinceSize } from '../province/size.ts';

/**
 * Loads the demo province unless it is there, and waits until the other services have heard of it. A load that was
 * broken off goes on where it stood.
 */
export async function provinceReady(
  registry: RunningService,
  asked: ProvinceSize,
): Promise<ProvinceSize> {
  const bar = progressBar('Demo province');
  const { size, rows } = await loadDemoProvince({ registry, size: asked, onProgress: bar.show });
  bar.stop();
  if (rows > 0) await untilHeard(registry, rows);
  if (size !== asked) {
    console.error(
      `The province that is there has the size ${size}; \`npm start -- --reset --size ${asked}\` loads the other one.`,
    );
  }
  return size;
}

/** What the registry told is heard when nothing waits in its outbox any more. */
async function untilHeard(registry: RunningService, rows: number): Promise<void> {
  const outbox = registry.db.model(outboxRows);
  const bar = progressBar('Other services hear of it');
  let waiting = rows;
  while (waiting > 0) {
    waiting = await outbox.countDocuments({ publishedAt: null });
    bar.show({ done: Math.max(0, rows - waiting), total: rows });
    if (waiting > 0) await sleep(200);
  }
  bar.stop();
}

/** A bar that appears with its first figure; without a terminal one line at the end. */
function progressBar(label: string) {
  const bar = new SingleBar({
    format: `  ${label} {bar} {value}/{total}`,
    hideCursor: true,
    stream: process.stderr,
  });
  const startedAt = performance.now();
  let shown = 0;
  return {
    show: ({ done, total }: { readonly done: number; readonly total: number }): void => {
      if (shown === 0) bar.start(total, 0);
      shown = total;
      bar.update(done);
    },
    stop: (): void => {
      bar.stop();
      if (shown === 0 || process.stderr.isTTY) return;
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.error(`✔ ${label}: ${shown} rows (${seconds} s)`);
    },
  };
}
