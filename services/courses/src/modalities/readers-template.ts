/** Which template a project has, read alike by commands and by the graph. */
import type { Collection, Filter, GraphContext, RowBase } from '@shixun/runtime';
import type { ProjectRow } from '../projects/store.ts';
import { modalityTemplates, type TemplateRow } from './store.ts';

/** How rows are found: in a transaction or outside. */
type Finder = {
  readonly find: <Row extends RowBase>(
    collection: Collection<Row>,
    filter: Filter,
  ) => Promise<readonly Row[]>;
};

type Templated = Pick<ProjectRow, 'modality'> &
  Partial<Pick<ProjectRow, 'templateCode' | 'templateId'>>;

/** The newest version of a template; null when there is none of that code. */
export async function newestTemplate(finder: Finder, code: string): Promise<TemplateRow | null> {
  const [row] = await finder.find(modalityTemplates, { newest: true, code });
  return row ?? null;
}

/** The template of a project: the version fixed with its plan, otherwise the newest of the one that it names. */
export async function templateRowOf(
  finder: Finder,
  project: Templated,
): Promise<TemplateRow | null> {
  const { templateId, templateCode, modality } = project;
  if (templateId) {
    const [row] = await finder.find(modalityTemplates, { _id: templateId });
    return row ?? null;
  }
  return newestTemplate(finder, templateCode ?? modality);
}

/** The same for a query. */
export async function templateShown(
  context: GraphContext,
  { templateId, templateCode, modality }: Templated,
): Promise<TemplateRow | null> {
  if (templateId) return context.loadOne(modalityTemplates, templateId);
  const code = templateCode ?? modality;
  const rows = await context.loadMany(modalityTemplates, 'code', code);
  return rows.find(({ newest }) => newest) ?? null;
}
