/**
 * `npm run draw -- <drw_… or file>`: runs a draw again from its public data, asked of the gateway in GATEWAY_URL or
 * read from a JSON file, and prints the lots in their order. Ends with 0 when all is as published, with 1 when not.
 * [CRS-46]
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PublicDraw, publicDraw, redoDraw } from '@shixun/courses/draw-client';
import { Command } from 'commander';

type Page = {
  readonly lots: {
    readonly edges: readonly { readonly node: PublicDraw['lots'][number] }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
};

/** All that everybody can see of a draw, page by page. */
export async function fetchDraw(id: string, gatewayUrl: string): Promise<PublicDraw> {
  const query = await readFile(
    join(import.meta.dirname, '../gateway/operations/Draw.graphql'),
    'utf8',
  );
  const lots: PublicDraw['lots'] = [];
  let after: string | null = null;
  for (;;) {
    const draw: Page = await pageOf(
      { query, operationName: 'Draw', variables: { id, after } },
      gatewayUrl,
    );
    lots.push(...draw.lots.edges.map(({ node }) => node));
    after = draw.lots.pageInfo.endCursor;
    if (!draw.lots.pageInfo.hasNextPage) return publicDraw.parse({ ...draw, lots });
  }
}

async function pageOf(body: object, gatewayUrl: string): Promise<Page> {
  const response = await fetch(new URL('/graphql', gatewayUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { data?: { draw: Page | null } };
  if (!answer.data?.draw) throw new Error('There is no such draw. 没有该抽签。');
  return answer.data.draw;
}

async function redo(source: string): Promise<void> {
  const draw = source.startsWith('drw_')
    ? await fetchDraw(source, process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000')
    : publicDraw.parse(JSON.parse(await readFile(source, 'utf8')));
  const { seedHolds, differing, lots } = redoDraw(draw);
  for (const { rank, pseudonym, outcome } of lots) console.log(`${rank}\t${pseudonym}\t${outcome}`);
  console.log(
    seedHolds
      ? 'The seed is the one whose hash was published before. 种子与事先公布的哈希一致。'
      : 'The seed is NOT the one whose hash was published before. 种子与事先公布的哈希不一致！',
  );
  console.log(
    differing.length === 0
      ? 'Every lot is as published. 结果与公布的一致。'
      : `${differing.length} lots differ from what was published 与公布不一致: ${differing.join(', ')}`,
  );
  if (!seedHolds || differing.length > 0) process.exitCode = 1;
}

if (import.meta.main) {
  await new Command('npm run draw --')
    .description('Runs a draw again from its public data. 以公开数据重做抽签。')
    .argument('<draw>', 'id of the draw (asked of GATEWAY_URL) or a JSON file of its public data')
    .action(redo)
    .parseAsync();
}
