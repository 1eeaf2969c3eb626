/** The explorer at `/`: GraphiQL from the package, whole in one page, so that it works without internet. */
import { createHash } from 'node:crypto';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

/** One ready-made operation, opened as a tab of its own. */
export type ExplorerOperation = {
  readonly name: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** Bearer token of the person who asks. */
  readonly token?: string | undefined;
};

/** Scripts and styles are in the page itself; workers are made from it; nothing else may be reached. */
export const explorerSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline'",
  'worker-src blob:',
  'img-src data:',
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page with its ready-made operations. */
export function explorerPage(operations: readonly ExplorerOperation[]): string {
  const tabs = operations.map(({ document, variables, token }) => ({
    query: document,
    variables: JSON.stringify(variables ?? {}, null, 2),
    headers:
      token === undefined ? '{}' : JSON.stringify({ authorization: `Bearer ${token}` }, null, 2),
  }));
  const page = renderGraphiQL({
    title: '师训 shixun',
    endpoint: '/graphql',
    shouldPersistHeaders: true,
    defaultEditorToolsVisibility: 'variables',
    schemaDescription: true,
    ...(tabs.length === 0 ? {} : { defaultTabs: tabsPlace as never }),
  });
  return page
    .replace(JSON.stringify(tabsPlace), () => inScript(tabs))
    .replace('<head>', () => `<head><script>${forgetOldTabs(tabs)}</script>`);
}

/** Where the tabs go: the page would write them into its script as they are, and `</script>` in one would end it. */
const tabsPlace = 'ready-made operations';

function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** GraphiQL keeps its tabs in the browser, with tokens that expire: they are dropped when the operations are new. */
function forgetOldTabs(tabs: unknown): string {
  const version = createHash('sha256').update(JSON.stringify(tabs)).digest('hex');
  return `
    if (localStorage.getItem('shixun:operations') !== '${version}') {
      for (const key of Object.keys(localStorage)) if (key.startsWith('graphiql')) localStorage.removeItem(key);
      localStorage.setItem('shixun:operations', '${version}');
    }`;
}
