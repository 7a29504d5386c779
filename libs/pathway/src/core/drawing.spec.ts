import { expect, test } from '@jest/globals';
import { pathways } from '../published.js';
import { pathwayMermaid, pathwaySvg } from './drawing.js';

const grant = pathways.find('grant', 1)!;

test('a pathway is drawn in Mermaid with an arrow from each stage to the next, and the last to the close', () => {
  expect(pathwayMermaid(grant)).toBe(`flowchart TD
  stage_mandate["Case for the grant"]
  stage_offer["What the grant is for"]
  stage_panel["Residents' panel decides"]
  stage_award["Award"]
  stage_delivery["Delivery"]
  stage_close["Close"]
  stage_mandate -->|"2 conditions"| stage_offer
  stage_offer -->|"4 conditions"| stage_panel
  stage_panel -->|"7 conditions"| stage_award
  stage_award -->|"5 conditions"| stage_delivery
  stage_delivery -->|"1 condition"| stage_close
  stage_close -->|"2 conditions"| closed([Closed])
`);
});

test.each(pathways.all)('$id $version is drawn as SVG with every stage in it, and nothing that runs', (pathway) => {
  const svg = pathwaySvg(pathway);
  for (const { title } of pathway.stages) expect(svg).toContain(`>${title.replaceAll('&', '&amp;')}</text>`);
  expect(svg.match(/<rect /g)).toHaveLength(pathway.stages.length + 1);
  expect(svg).not.toMatch(/<script|<style|style=|on[a-z]+=/);
});

test('words of a document cannot leave the picture they stand in', () => {
  const hostile = { ...grant, title: '</title><script>', stages: grant.stages.map((stage) => ({ ...stage, title: '"<b>&' })) };
  expect(pathwaySvg(hostile)).not.toMatch(/<script|<b>/);
  expect(pathwayMermaid(hostile)).toContain('["#quot;<b>&"]');
});
