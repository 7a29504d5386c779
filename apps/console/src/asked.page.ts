import { SpokenWords } from '@concordat/agreement';
import { type CommandName, statementsFor } from '@concordat/agreement/core';
import { Problem } from '@concordat/platform';
import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AgreementDoor, type OpenAgreement } from './agreement-open.js';
import { FormDesk } from './form-desk.js';
import { formShown } from './form/form-shown.js';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import { risksAskedAbout, riskShown, statementsShown } from './risk-shown.js';
import { restsOn, signOffShown } from './sign-off-shown.js';
import { commandWords } from './words/en.js';

/** One page each for whoever is asked to sign, and for whoever is asked for their view: all they need, and the form. */
@UseFilters(PageFilter)
@Controller('agreements/:id')
export class AskedPage {
  constructor(
    private readonly frame: Frame,
    private readonly door: AgreementDoor,
    private readonly forms: FormDesk,
    private readonly words: SpokenWords,
  ) {}

  @Get('sign-offs/:signOff')
  async signOff(@Param('id') id: string, @Param('signOff') signOffId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const open = await this.door.open(id, '/sign-offs', {}, request, reply);
    if (open === undefined) return;
    const { agreement, named, today, form } = open;
    const signOff = agreement.signOffs.find((one) => one.id === signOffId);
    if (signOff === undefined) throw notAsked();
    await this.frame.send(request, reply, 'sign-off', { reader: open.reader, place: '/agreements' }, {
      agreement: open.head,
      signOff: signOffShown(agreement, signOff, named, today, form),
      rests: restsOn(agreement, signOff.discipline, named),
      ...riskShown(open),
      rescore: false,
      earlier: agreement.signOffs.filter((one) => one.discipline === signOff.discipline && one.id !== signOff.id).map((one) => signOffShown(agreement, one, named, today, form)),
      ...(signOff.answer.is === 'awaited' && (await this.form('sign-off', { signOff: signOff.id }, open, request, reply))),
    });
  }

  @Get('statements/:statement')
  async statement(@Param('id') id: string, @Param('statement') statementId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const open = await this.door.open(id, '/statements', {}, request, reply);
    if (open === undefined) return;
    const { agreement, reader, sight } = open;
    if (sight.sees === 'people' && !statementsFor(agreement, sight.person).some((one) => one.id === statementId)) throw notAsked();
    const statement = statementsShown(open).find((one) => one.id === statementId);
    const asked = agreement.statements.find((one) => one.id === statementId);
    if (statement === undefined || asked === undefined) throw notAsked();
    await this.frame.send(request, reply, 'statement', { reader, place: '/agreements' }, {
      agreement: open.head,
      statement,
      back: sight.sees === 'people' ? { text: 'Overview', path: '' } : { text: 'Risk', path: '/risk' },
      ...risksAskedAbout(asked, open),
      words: (await this.words.of(reader.principal, agreement, open.today, asked.view === null ? [] : [statementId])).get(statementId),
      ...(asked.view === null && (await this.form('record-statement', { statement: statementId, about: statementId }, open, request, reply))),
    });
  }

  /** The form of the command, where rights allow it; otherwise what it is called, so that the page can say who can. */
  private async form(command: CommandName, typed: Readonly<Record<string, string>>, { agreement, offers }: OpenAgreement, request: FastifyRequest, reply: FastifyReply) {
    const offer = offers[command];
    if (offer?.href === undefined) return { notYours: offer?.who };
    const desk = await this.forms.sit(command, agreement.id, typed, request, reply);
    if (desk === undefined) return {};
    return { form: formShown(command, desk.fields, desk.typed, [], desk.scene), action: `/agreements/${agreement.id}/do/${command}`, key: desk.scene.key, version: desk.version, says: desk.scene.named.fixed(commandWords[command].says) };
  }
}

function notAsked(): Problem {
  return new Problem({ status: 404, code: 'asked.unknown', title: 'This was not asked', detail: 'It is not part of this agreement, or it fell when the agreement went back. Look at the agreement.' });
}
