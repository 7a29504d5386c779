import type { Pathway, Stage } from './pathway.js';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const counted = ({ gate: { conditions } }: Stage): string => (conditions.length === 1 ? '1 condition' : `${conditions.length} conditions`);

/** A pathway as a flowchart in Mermaid: its stages in order, and at each arrow how much its gate asks. */
export function pathwayMermaid({ stages }: Pathway): string {
  const boxes = stages.map(({ id, title }) => `  ${node(id)}["${title.replaceAll('"', '#quot;')}"]`);
  const arrows = stages.map((stage, at) => `  ${node(stage.id)} -->|"${counted(stage)}"| ${at + 1 < stages.length ? node(stages[at + 1]!.id) : 'closed([Closed])'}`);
  return ['flowchart TD', ...boxes, ...arrows, ''].join('\n');
}

// A Mermaid id that is one of its words, such as `end`, breaks the picture.
const node = (id: string): string => `stage_${id.replaceAll('-', '_')}`;

const [width, height, gap] = [320, 48, 40];

/** The same as SVG, without styles or scripts of its own: one box a stage, and beside each arrow how much its gate asks. */
export function pathwaySvg({ title, version, stages }: Pathway): string {
  const y = (at: number): number => 8 + at * (height + gap);
  const total = y(stages.length) + height + 8;
  const box = (text: string, at: number, rounded: number): string =>
    `<rect x="8" y="${y(at)}" width="${width}" height="${height}" rx="${rounded}" fill="none" stroke="currentColor" stroke-width="2"/>` +
    `<text x="${8 + width / 2}" y="${y(at) + height / 2 + 6}" text-anchor="middle" fill="currentColor" font-family="sans-serif" font-size="17">${escaped(text)}</text>`;
  const arrow = (stage: Stage, at: number): string =>
    `<path d="M${8 + width / 2} ${y(at) + height} v${gap - 2} m-5 -7 l5 7 l5 -7" fill="none" stroke="currentColor" stroke-width="2"/>` +
    `<text x="${20 + width / 2}" y="${y(at) + height + gap / 2 + 5}" fill="currentColor" font-family="sans-serif" font-size="14">${counted(stage)}</text>`;
  const says = `${title}, version ${version}: ${stages.map((stage) => stage.title).join(', ')}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width + 16} ${total}" width="${width + 16}" height="${total}" role="img" aria-label="${escaped(says)}">`,
    `<title>${escaped(says)}</title>`,
    ...stages.map((stage, at) => box(stage.title, at, 4) + arrow(stage, at)),
    box('Closed', stages.length, 24),
    '</svg>',
    '',
  ].join('\n');
}
