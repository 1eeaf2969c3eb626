import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { SaxesTagPlain } from 'saxes';
import type { FileRow } from '../cell.ts';
import { type Archive, brokenFile } from './archive.ts';
import { parsed } from './parsed.ts';
import { SharedStrings, sharedStrings } from './shared-strings.ts';
import { sheetRows } from './sheet.ts';

export type Workbook = {
  /** Days count from 1904, as on old Macs. */
  readonly is1904: boolean;
  /** The rows of the first visible sheet, from the top each time. */
  readonly rows: () => AsyncGenerator<FileRow>;
};

const smallPartBytesMax = 2 ** 20;

export async function openWorkbook(archive: Archive): Promise<Workbook> {
  if (!archive.has('xl/workbook.xml')) throw brokenFile('xlsx');
  let is1904 = false;
  let relation: string | undefined;
  await tags(archive, 'xl/workbook.xml', ({ name, attributes }) => {
    if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
    const visible = (attributes.state ?? 'visible') === 'visible';
    if (name === 'sheet' && visible) relation ??= attributes['r:id'];
  });
  let target = 'worksheets/sheet1.xml';
  await tags(archive, 'xl/_rels/workbook.xml.rels', ({ name, attributes }) => {
    if (name === 'Relationship' && attributes.Id === relation) target = attributes.Target ?? target;
  });
  const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (!archive.has(part)) throw brokenFile('xlsx');
  const shared = 'xl/sharedStrings.xml';
  let strings: Promise<SharedStrings> | undefined;
  return {
    is1904,
    rows: async function* () {
      strings ??= archive.has(shared)
        ? archive.read(shared).then(sharedStrings)
        : Promise.resolve(new SharedStrings());
      yield* sheetRows(await archive.read(part), await strings);
    },
  };
}

async function tags(archive: Archive, part: string, open: (tag: SaxesTagPlain) => void) {
  if (!archive.has(part)) return;
  const content = await archive.read(part);
  const bytes = await buffer(content).catch(() => {
    throw brokenFile('zip');
  });
  if (bytes.length > smallPartBytesMax) throw brokenFile('xlsx');
  for await (const _ of parsed<never>(Readable.from([bytes]), { open }, () => []));
}
