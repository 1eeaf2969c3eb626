/** A page of entries as people open it in a spreadsheet. */

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it, and is then only text. */
function harmless(text: string): string {
  return /^[\s]*[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

/** Rows as CSV (RFC 4180) with a byte order mark, so that Excel reads the Chinese. */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    const text = harmless(value === null ? '' : String(value));
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}
