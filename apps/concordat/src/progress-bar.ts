import type { ImportProgress } from '@concordat/exchange';

/** Where a bar may stand: a terminal, or something that is none. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const width = 30;
/** Milliseconds between two looks of the bar. */
const pause = 100;

/** How far an import is, as one line that is written over and over on a terminal; nothing anywhere else. */
export function progressBar(terminal: Terminal): { readonly show: (at: ImportProgress) => void; readonly clear: () => void } {
  if (terminal.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let shownAt = -pause;
  return {
    show: (at) => {
      if (performance.now() - shownAt < pause) return;
      shownAt = performance.now();
      terminal.write(`\r\u001b[2K${lineOf(at)}`);
    },
    clear: () => void terminal.write('\r\u001b[2K'),
  };
}

function lineOf(at: ImportProgress): string {
  if (at.phase === 'reading') return `Reading ${at.file}: ${(at.bytes / 1e6).toFixed(1)} MB, ${at.releases} releases`;
  const full = Math.round((at.done / Math.max(1, at.of)) * width);
  return `Taking over [${'#'.repeat(full)}${' '.repeat(width - full)}] ${at.done} of ${at.of} processes`;
}
