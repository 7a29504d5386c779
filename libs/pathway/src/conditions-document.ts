import type { ConditionAsked, ConditionCode, Pathway, Route, Source } from './core/index.js';
import { askedAtLast, askedOfPlans, askedOnwards, asks, classOf, conditionClasses, conditionCodes, conditionVocabulary, factsOfDuty, factsOfLaw, factTitles, tiers } from './core/index.js';

interface Use {
  readonly code: ConditionCode;
  readonly where: string;
  readonly sentence: string;
  /** Of another class than its code is. */
  readonly apart: boolean;
  readonly source?: Source | undefined;
}

const markSays: { readonly [M in Source['mark']]: string } = { text: 'read', practice: 'not verified', check: 'to be verified', own: 'a proposal, change it' };

function sentenceOf({ code, parameters }: ConditionAsked, stages: Pathway['stages'] = []): string {
  return asks(code, parameters as never, stages); // the parameters are those of the code: one member of one union
}

const isApart = (asked: ConditionAsked): boolean => classOf(asked) !== conditionVocabulary[asked.code].class;

function usesIn(pathway: Pathway): readonly Use[] {
  return pathway.stages.flatMap((stage) =>
    stage.gate.conditions.flatMap(({ code, tiers: asked, source }) => {
      const sentences = tiers.flatMap((tier) => {
        const parameters = asked[tier];
        const one = { code, parameters } as ConditionAsked;
        return parameters === undefined ? [] : [{ tier, sentence: sentenceOf(one, pathway.stages), apart: isApart(one) }];
      });
      // Tiers that ask the same stand on one line.
      return [...new Set(sentences.map(({ sentence }) => sentence))].map((sentence) => {
        const same = sentences.filter((one) => one.sentence === sentence);
        return { code, where: `${pathway.id} ${pathway.version}, ${stage.id} (${same.map(({ tier }) => tier).join(', ')})`, sentence, apart: same.some(({ apart }) => apart), source };
      });
    }),
  );
}

function usesOf(route: Route): readonly Use[] {
  return route.conditions.map((condition) => ({
    code: condition.code,
    where: `route ${route.id} ${route.version}, ${condition.stage} (every tier)`,
    sentence: sentenceOf(condition),
    apart: isApart(condition),
    source: condition.source,
  }));
}

// No document writes these down.
const askedByThemselves: readonly Use[] = [
  { code: 'gate.conditions-kept', where: 'every pathway, at each gate that has something to keep of an earlier one', sentence: asks('gate.conditions-kept', {}), apart: false },
  { code: 'tier.impact-said', where: 'every pathway, at each gate of what was imported until somebody says it', sentence: asks('tier.impact-said', {}), apart: false },
  { code: 'service.over', where: 'every pathway, at the last gate of a service that has started, but of a placement', sentence: asks('service.over', {}), apart: false },
  { code: 'ending.adopted-goes-on', where: 'every pathway, at the last gate of what another agreement ends', sentence: asks('ending.adopted-goes-on', {}), apart: false },
  { code: 'varying.people-asked-again', where: 'every pathway that asks which agreement is extended or varied, at each later gate', sentence: asks('varying.people-asked-again', {}), apart: false },
  ...askedOnwards.map((code) => ({ code, where: 'every pathway that asks it, at each later gate that does not itself', sentence: 'The same of what came since.', apart: false })),
  { code: 'involvement.themes-answered', where: 'every pathway that asks it, at each gate whose document does', sentence: 'The same of every earlier stage, whichever its document names.', apart: false },
  ...askedOfPlans.map((asked) => {
    const unless = askedOnwards.includes(asked.code) ? 'neither its document nor an earlier gate asks it' : 'its document does not ask it';
    return { code: asked.code, where: `every pathway, at each gate where ${unless} (standard, major)`, sentence: sentenceOf(asked), apart: false };
  }),
  ...askedAtLast.map((code) => ({ code, where: `every pathway, at its last gate${code === 'involvement.answers-checked' ? ' (standard, major)' : ''}, whatever its document asks there`, sentence: 'The same of whatever is still owed, for nobody sees to it once the agreement is closed.', apart: false })),
];

const named = (facts: typeof factsOfLaw): string => facts.map((fact) => factTitles[fact]).join(', ');
const classLine = (code: ConditionCode): string => `Class: ${conditionVocabulary[code].class}${code === 'facts.present' ? `, or lawful where all that it asks for is asked by the law itself (${named(factsOfLaw)})` : ''}.`;

/** The page of every condition in Markdown: its code, its class, and the sentence each published document makes of it. */
export function conditionsDocument(pathways: readonly Pathway[], routes: readonly Route[]): string {
  const uses = [...pathways.flatMap(usesIn), ...routes.flatMap(usesOf), ...askedByThemselves];
  return [
    '# Conditions',
    '',
    '<!-- Generated from the vocabulary and the published documents: npm run build && node libs/pathway/write-documents.mjs -->',
    '',
    'What the gates ask. A code is a wire name: it never changes.',
    '',
    ...Object.entries(conditionClasses).map(([name, says]) => `- **${name}**: ${says}`),
    '',
    `An organisation’s own pathway leaves out nothing lawful that the one it is based on asks, nor a fact by which a duty of law is met: ${named(factsOfDuty)}. What a route asks it can leave out nowhere.`,
    '',
    ...conditionCodes.flatMap((code) => [
      `## \`${code}\``,
      '',
      classLine(code),
      '',
      ...uses.filter((use) => use.code === code).map(({ where, sentence, apart, source }) => `- ${where}${apart ? ', lawful' : ''}: ${sentence}${source === undefined ? '' : ` (${source.cites}; ${markSays[source.mark]}.)`}`),
      '',
    ]),
  ].join('\n');
}
