import { SpokenWords } from '@concordat/agreement';
import { achieved, objections } from '@concordat/agreement/core';
import { pathways } from '@concordat/pathway';
import { doLevels, sayLevels } from '@concordat/pathway/core';
import { londonDay } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { OpenAgreement } from './agreement-open.js';
import { partnersShown } from './partners-shown.js';
import { adviceShown } from './risk-kept-shown.js';
import { riskShown, risksAbove } from './risk-shown.js';
import { awardShown, signOffsShown } from './sign-off-shown.js';
import { codeOf, dayOf, upper } from './words/say.js';

/** What papers about an agreement tell alike, to whoever decides on it and to whoever inspects it afterwards. */
@Injectable()
export class PaperShown {
  constructor(private readonly words: SpokenWords) {}

  async of(open: OpenAgreement) {
    const { agreement, riskSettings, named, today, offers, form, on } = open;
    const words = await this.words.of(open.reader.principal, agreement, open.today, [...objections(agreement), ...agreement.dissents.dissents, ...agreement.waivers].map(({ id }) => id));
    const above = new Set(risksAbove(agreement, riskSettings).map((risk) => risk.id));
    return {
      printed: dayOf(on ?? today),
      award: awardShown(agreement, named, offers),
      partners: partnersShown(agreement, on ?? today).filter(({ current }) => current),
      objections: objected(open, words),
      dissents: agreement.dissents.dissents.map(({ id, dissenter, from, stage }) => ({ says: `${upper(named.of(dissenter))} dissents from ${codeOf(from).toLowerCase()} (${named.said(stage, 'stage')})`, words: words.get(id) })),
      words,
      advice: adviceShown(agreement, named, form),
      risks: riskShown(open).risks.filter((risk) => above.has(risk.id)),
      signOffs: signOffsShown(agreement, named, today, form),
      involvement: involved(open),
    };
  }
}

function objected({ agreement, named }: OpenAgreement, words: ReadonlyMap<string, string>) {
  return objections(agreement).map(({ id, group, stage, risks, reply }) => ({
    group: named.code(group),
    stage: named.said(stage, 'stage'),
    risks: risks.map((risk) => named.of(risk)).join(', '),
    words: words.get(id),
    reply: reply && {
      says: reply.says,
      by: `${named.of(reply.by)}, ${dayOf(londonDay(new Date(reply.at)))}`,
      second: reply.readAt === null ? `${named.of(reply.secondPerson)} has not read it yet` : `Read by ${named.of(reply.secondPerson)} on ${dayOf(londonDay(new Date(reply.readAt)))}`,
    },
  }));
}

/** Each stage in which people were to have a say or a part, as it was planned and as it came to be. */
function involved({ agreement }: OpenAgreement) {
  const stages = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages ?? [];
  return stages.flatMap(({ id, title }) => {
    const [plan, reached, lowered] = [agreement.involvement.plans[id], achieved(agreement, id), agreement.involvement.lowered[id]];
    if (plan === undefined && reached.say === 0 && reached.do === 0) return [];
    const level = (say: number, action: number) => `Say ${say} (${sayLevels[say]}), Do ${action} (${doLevels[action]})`;
    const before = lowered === undefined ? '' : `, lowered on ${dayOf(lowered.on)} from ${level(lowered.say, lowered.do)}: ${lowered.why}${lowered.second === null ? '' : `, as somebody else says too: ${lowered.second.why}`}`;
    return [{ title, planned: plan === undefined ? 'nothing' : `${level(plan.say, plan.do)}${before}`, reached: level(reached.say, reached.do) }];
  });
}
