/** Keyboard of a grid: one cell is in the tab order, arrow keys move, and a row keeps the focus when rows change. */

/** Cells carry `data-row` and `data-column`; the focus goes to a button inside a cell when there is one. */
export interface GridPosition {
  readonly row: string;
  readonly column: number;
}

const page = 10;

function cells(row: HTMLTableRowElement): readonly HTMLElement[] {
  return [...row.cells].filter((cell) => cell.checkVisibility());
}

function rowsOf(table: HTMLTableElement): readonly HTMLTableRowElement[] {
  return [...table.tBodies].flatMap((body) => [...body.rows]);
}

/** Where a key leads from a cell; null when the key is none of the grid's. */
export function moved(table: HTMLTableElement, from: HTMLElement, event: KeyboardEvent): GridPosition | null {
  const rows = rowsOf(table);
  const row = rows.findIndex((one) => one.contains(from));
  const here = rows[row];
  if (here === undefined) return null;
  const columns = cells(here);
  const column = columns.findIndex((cell) => cell.contains(from));
  const to = (nextRow: number, nextColumn: number): GridPosition | null => {
    const target = rows[Math.min(Math.max(nextRow, 0), rows.length - 1)];
    if (target === undefined) return null;
    const available = cells(target);
    const cell = available[Math.min(Math.max(nextColumn, 0), available.length - 1)];
    return cell === undefined ? null : positionOf(cell);
  };
  switch (event.key) {
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'PageDown':
      return to(row + page, column);
    case 'PageUp':
      return to(row - page, column);
    case 'Home':
      return to(event.ctrlKey ? 0 : row, 0);
    case 'End':
      return to(event.ctrlKey ? rows.length - 1 : row, columns.length - 1);
    default:
      return null;
  }
}

/** The position of the cell that holds an element; null outside the grid's cells. */
export function positionOf(element: Element): GridPosition | null {
  const cell = element.closest<HTMLElement>('[data-row]');
  if (cell === null) return null;
  return { row: cell.dataset.row ?? '', column: Number(cell.dataset.column) };
}

/** Puts the focus on a cell, or on the button that is the cell's content. */
export function focusCell(table: HTMLTableElement, { row, column }: GridPosition): void {
  const cell = table.querySelector<HTMLElement>(
    `[data-row="${CSS.escape(row)}"][data-column="${String(column)}"]`,
  );
  (cell?.querySelector<HTMLElement>('button') ?? cell)?.focus();
}
