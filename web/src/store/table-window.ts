import type { TableColumn, WindowMessage } from '../connection/messages.ts';

/** The part of a table that the server last sent. */
export class TableWindow {
  columns: readonly TableColumn[] = [];
  rows: readonly (readonly unknown[])[] = [];
  offset = 0;
  total = 0;
  sort: string | undefined;
  descending = false;
  answered = false;
  arrived = -Infinity;
  /** Rises with every message, so that a reader knows whether it has drawn this. */
  revision = 0;
  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  accept(message: WindowMessage, now: number): void {
    if (message.columns) this.columns = message.columns;
    this.rows = message.rows;
    this.offset = message.offset;
    this.total = message.total;
    this.sort = message.sort;
    this.descending = message.descending ?? false;
    this.answered = true;
    this.arrived = now;
    this.revision++;
    this.changed();
  }

  /** What it holds now, apart from what comes. */
  copy(): TableWindow {
    const { columns, rows, offset, total, sort, descending, answered, arrived, revision } = this;
    return Object.assign(new TableWindow(() => {}), { columns, rows, offset, total, sort, descending, answered, arrived, revision });
  }

  /** The row at a place in the whole table, or undefined when it is outside this part. */
  row(index: number): readonly unknown[] | undefined {
    return this.rows[index - this.offset];
  }

  cell(row: number, column: string): unknown {
    const index = this.columns.findIndex((one) => one.name === column);
    return index < 0 ? undefined : this.rows[row]?.[index];
  }
}
