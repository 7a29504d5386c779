import { chosenIn } from './activity.js';
import type { Agreement } from './agreement.js';
import { wasAsked } from './consultation.js';
import { signOffsAskedBy, statementsFor } from './sight.js';

/**
 * What people who take part in an agreement are told of it besides where it stands: what they were and are asked, with what they can read
 * before it, what was excused, and what waits for this one of them or came of what they asked for. It names nobody and counts nobody.
 */
export function seenByPeople(agreement: Agreement, person: string) {
  const { involvement, information, consultations, waivers, risk } = agreement;
  return {
    asked: {
      plans: Object.values(involvement.plans).map(({ stage, mode, subTypes, say, do: doing, groups, method }) => ({ stage, mode, subTypes, say, do: doing, groups, method })),
      activities: involvement.activities
        .filter(({ voided }) => !voided)
        .map(({ id, stage, title, groups, right, ledBy, closesOn, jointDecisions, votes }) => ({
          activity: id, stage, title, groups, right, ledBy, closesOn, decided: jointDecisions,
          voted: votes.map(({ question, options, on }) => ({ question, on, chosen: chosenIn({ options }) })),
          information: information.filter(({ activity }) => activity === id).map(({ id: pack, title: called, versions }) => ({ pack, title: called, version: versions.length, ...versions.at(-1) })),
        })),
      consultations: consultations.filter(wasAsked).map(({ consultation, proposal, stage, opensOn, closesOn, withdrawn }) => ({ consultation, proposal, stage, opensOn, closesOn, withdrawnOn: withdrawn?.on ?? null })),
    },
    statements: statementsFor(agreement, person).map(({ id, group, stage, risks, askedOn, view }) => ({
      statement: id, group, stage, askedOn, view, risks: risk.filter((one) => risks.includes(one.id)).map(({ id: which, title }) => ({ risk: which, title })),
    })),
    waivers: waivers.map(({ id, condition, stage, planned, offered, whyNot, instead, insteadBy, expiresOn, viewSoughtOn, view, answer }) => ({
      waiver: id, condition, stage, planned, offered, whyNot, instead, insteadBy, expiresOn, viewSoughtOn, view, answer: answer.is,
    })),
    signOffs: signOffsAskedBy(agreement, person).map(({ id, kind, discipline, answer }) => ({ signOff: id, kind, discipline, answer: answer.is })),
  };
}
export type SeenByPeople = ReturnType<typeof seenByPeople>;
