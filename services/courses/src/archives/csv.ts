/** Archives as a table: one line per trainee, for a bureau's or a school's own files. [CRS-57] */

/** One line as CSV; cells that would begin a formula are made harmless. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return cells
    .map((cell) => String(cell ?? ''))
    .map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))
    .map((cell) => `"${cell.replaceAll('"', '""')}"`)
    .join(',');
}
