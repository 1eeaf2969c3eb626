/** Asks a list as a client would, first page and next, so that {@link QueryPlans} can say how it was served. [GOV-06] */
import type { Caller } from './caller.ts';

export type ExplainedList = {
  /** `Type.field` of the schema. */
  readonly field: string;
  /** Arguments beside the page, each set a question of its own. */
  readonly asked: readonly string[];
  readonly callers: readonly Caller[];
  /** The query in which the list hangs, at the dots; none for a query of its own. */
  readonly below?: string;
};

type Page = {
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};

/**
 * Reads two pages of one row each with `ask`, which answers the data of a query. Answers how many there were; throws
 * when the list isn't there or its second page begins where the first one did.
 */
export async function readTwoPages(
  { field, below = '…' }: ExplainedList,
  args: string,
  ask: (source: string) => Promise<unknown>,
): Promise<number> {
  const name = field.split('.')[1] ?? '';
  const page = async (after: string): Promise<Page> => {
    const all = [args, 'first: 1', after].filter((part) => part !== '').join(', ');
    const fields = '{ edges { cursor } pageInfo { hasNextPage endCursor } }';
    const found = listIn(await ask(`{ ${below.replace('…', `list: ${name}(${all}) ${fields}`)} }`));
    if (found === null) throw new Error(`${field} answers no list`);
    return found;
  };
  const first = await page('');
  if (!first.pageInfo.hasNextPage) return first.edges.length;
  const second = await page(`after: "${first.pageInfo.endCursor}"`);
  if (second.edges[0]?.cursor === first.edges[0]?.cursor) {
    throw new Error(`the second page of ${field} is the first one again`);
  }
  return first.edges.length + second.edges.length;
}

/** The list, wherever it hangs. */
function listIn(data: unknown): Page | null {
  if (typeof data !== 'object' || data === null) return null;
  if ('list' in data) return data.list as Page;
  return (
    Object.values(data)
      .map(listIn)
      .find((found) => found !== null) ?? null
  );
}
