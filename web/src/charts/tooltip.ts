export interface TooltipLine {
  readonly color: string;
  readonly dash: number;
  readonly name: string;
  readonly value: string;
}

const distance = 14;

/** The page's one tooltip, beside the pointer. */
export class Tooltip {
  private readonly box = document.createElement('div');
  private readonly time = document.createElement('div');
  private readonly lines = document.createElement('div');

  constructor() {
    this.box.className = 'tooltip';
    this.box.setAttribute('role', 'presentation');
    this.box.hidden = true;
    this.time.className = 'tooltip-time';
    this.box.dataset.tooltip = '';
    this.box.append(this.time, this.lines);
    document.body.append(this.box);
  }

  show(x: number, y: number, time: string, lines: readonly TooltipLine[]): void {
    this.time.textContent = time;
    while (this.lines.childElementCount > lines.length) this.lines.lastElementChild!.remove();
    lines.forEach((line, i) => {
      const row = (this.lines.children[i] as HTMLElement | undefined) ?? this.addLine();
      const [mark, name, value] = row.children as unknown as HTMLElement[];
      mark.style.color = line.color;
      mark.dataset.dash = String(line.dash);
      name.textContent = line.name;
      value.textContent = line.value;
    });
    this.box.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const left = x + distance + width > innerWidth ? x - distance - width : x + distance;
    const top = Math.max(8, Math.min(innerHeight - height - 8, y - height / 2));
    this.box.style.transform = `translate(${Math.round(Math.max(4, left))}px, ${Math.round(top)}px)`;
  }

  hide(): void {
    this.box.hidden = true;
  }

  private addLine(): HTMLElement {
    const row = document.createElement('div');
    row.className = 'tooltip-line';
    const mark = document.createElement('i');
    row.append(mark, document.createElement('span'), document.createElement('b'));
    this.lines.append(row);
    return row;
  }
}

let shared: Tooltip | null = null;

export function tooltip(): Tooltip {
  return (shared ??= new Tooltip());
}
