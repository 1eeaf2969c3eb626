import { SingleBar } from 'cli-progress';
import { loadSampleStandards } from '../province/curriculum.ts';
import { heardSoFar, untilHeard } from '../province/heard.ts';
import { loadDemoProvince } from '../province/load.ts';
import type { ProvinceSize } from '../province/size.ts';
import type { Services } from './platform.ts';

/**
 * Loads the demo province unless it is there, and waits until the other services have heard of it. A load that was
 * broken off goes on where it stood.
 */
export async function provinceReady(
  services: Services,
  asked: ProvinceSize,
): Promise<ProvinceSize> {
  const bar = progressBar('Demo province');
  const { registry } = services;
  const { size } = await loadDemoProvince({ registry, size: asked, onProgress: bar.show });
  bar.stop();
  await loadSampleStandards(services.courses);
  const heard = await heardSoFar(services);
  if (heard.done < heard.total) {
    const hearing = progressBar('Other services hear of it');
    await untilHeard(services, hearing.show);
    hearing.stop();
  }
  if (size !== asked) {
    console.error(
      `The province that is there has the size ${size}; \`npm start -- --reset --size ${asked}\` loads the other one.`,
    );
  }
  return size;
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
