import type { ConditionAsked, ConditionCode, Pathway, Route, Source } from './core/index.js';
import { asks, conditionClasses, conditionCodes, conditionVocabulary, tiers } from './core/index.js';

interface Use {
  readonly code: ConditionCode;
  readonly where: string;
  readonly sentence: string;
  readonly source?: Source | undefined;
}

const markSays: { readonly [M in Source['mark']]: string } = { text: 'read', practice: 'not verified', check: 'to be verified', own: 'a proposal, change it' };

function sentenceOf({ code, parameters }: ConditionAsked, stages: Pathway['stages'] = []): string {
  return asks(code, parameters as never, stages); // the parameters are those of the code: one member of one union
}

function usesIn(pathway: Pathway): readonly Use[] {
  return pathway.stages.flatMap((stage) =>
    stage.gate.conditions.flatMap(({ code, tiers: asked, source }) => {
      const sentences = tiers.flatMap((tier) => {
        const parameters = asked[tier];
        return parameters === undefined ? [] : [{ tier, sentence: sentenceOf({ code, parameters } as ConditionAsked, pathway.stages) }];
      });
      // Tiers that ask the same stand on one line.
      return [...new Set(sentences.map(({ sentence }) => sentence))].map((sentence) => {
        const same = sentences.filter((one) => one.sentence === sentence).map(({ tier }) => tier);
        return { code, where: `${pathway.id} ${pathway.version}, ${stage.id} (${same.join(', ')})`, sentence, source };
      });
    }),
  );
}

function usesOf(route: Route): readonly Use[] {
  return route.conditions.map((condition) => ({
    code: condition.code,
    where: `route ${route.id} ${route.version}, ${condition.stage} (every tier)`,
    sentence: sentenceOf(condition),
    source: condition.source,
  }));
}

// No document writes it down: every gate after one that opened with conditions asks it.
const askedByItself: Use = { code: 'gate.conditions-kept', where: 'every pathway, at each gate after one that opened with conditions', sentence: asks('gate.conditions-kept', {}) };

/** The page of every condition in Markdown: its code, its class, and the sentence each published document makes of it. */
export function conditionsDocument(pathways: readonly Pathway[], routes: readonly Route[]): string {
  const uses = [...pathways.flatMap(usesIn), ...routes.flatMap(usesOf), askedByItself];
  return [
    '# Conditions',
    '',
    '<!-- Generated from the vocabulary and the published documents: npm run build && node libs/pathway/write-documents.mjs -->',
    '',
    'What the gates ask. A code is a wire name: it never changes.',
    '',
    ...Object.entries(conditionClasses).map(([name, says]) => `- **${name}**: ${says}`),
    '',
    ...conditionCodes.flatMap((code) => [
      `## \`${code}\``,
      '',
      `Class: ${conditionVocabulary[code].class}.`,
      '',
      ...uses.filter((use) => use.code === code).map(({ where, sentence, source }) => `- ${where}: ${sentence}${source === undefined ? '' : ` (${source.cites}; ${markSays[source.mark]}.)`}`),
      '',
    ]),
  ].join('\n');
}
