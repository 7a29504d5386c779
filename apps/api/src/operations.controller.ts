import type { Principal } from '@concordat/access';
import { type AgreementCommandInput, type OperationLine, Operations } from '@concordat/agreement';
import { concordatNamespace, Fingerprints, Problem, uuidv5 } from '@concordat/platform';
import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AgreementDesk, knownCommand } from './agreement-desk.js';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { askOf, Who } from './ask.js';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse } from './documented.js';
import { refuseUnkeepable } from './keepable.js';
import { largestVersion, nextLink, pageLimit, versionAfter } from './paging.js';
import { idPath, type IdPath, operationAnswered, pageOf, progressShown } from './shapes.js';
import { validate } from './validate.js';

const mostLines = 10_000;
const line = z.strictObject({
  agreement: z.uuid(),
  command: z.string().min(1).max(64),
  body: z.record(z.string(), z.unknown()).default({}),
  expectedVersion: z.int().min(1).max(largestVersion).optional(),
});
const lineResult = z.object({ line: z.int().min(1), agreement: z.uuid(), command: z.string(), result: z.looseObject({ outcome: z.string() }) });
const resultsQuery = z.strictObject({ after: versionAfter, limit: pageLimit });

@ApiV1('operations', 'Operations')
export class OperationsController {
  constructor(
    private readonly operations: Operations,
    private readonly desk: AgreementDesk,
    private readonly fingerprints: Fingerprints,
  ) {}

  @Post()
  @HttpCode(202)
  @Asks('signed-in')
  @ApiOperation({ operationId: 'acceptOperation', summary: 'Many commands, one a line, decided later in their order' })
  @ApiConsumes('application/x-ndjson')
  @ApiBody({ description: `NDJSON, at most ${mostLines} lines: {"agreement", "command", "body", "expectedVersion"?}`, schema: { type: 'string' } })
  @ApiResponse({ status: 202, description: 'All lines are committed; Location says where their results appear', standardSchema: operationAnswered })
  async accept(
    @Who() who: Principal,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    if (ask.expectedVersion !== undefined) throw new Problem({ status: 400, code: 'if-match.by-line', title: 'Each line says its own version', detail: 'Send expectedVersion in the lines, and no If-Match.' });
    const read = await this.read(body, who);
    const lines = read.map((input, at): OperationLine => ({ ...input, line: at + 1, commandId: uuidv5(concordatNamespace, `${ask.commandId}/${at + 1}`) }));
    await this.desk.acceptForLater(ask, who, lines, reply);
  }

  @Get(':id')
  @Asks('signed-in')
  @ApiOperation({ operationId: 'readOperation', summary: 'How far an operation is' })
  @ApiResponse({ status: 200, description: 'Its progress', standardSchema: operationAnswered })
  async progress(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const progress = await this.own(who, id);
    const outcome = progress.lines === 1 ? (await this.operations.results(who.tenant, id, 0, 1))[0]?.result : undefined;
    return { ...progressShown(progress), ...(outcome !== undefined && { outcome }) };
  }

  @Get(':id/results')
  @Asks('signed-in')
  @ApiOperation({ operationId: 'readOperationResults', summary: 'A result for each finished line, in order' })
  @ApiResponse({ status: 200, description: 'One page; the Link header leads to the next', standardSchema: pageOf(lineResult) })
  async results(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: resultsQuery }) { after, limit }: z.infer<typeof resultsQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.own(who, id);
    const items = await this.operations.results(who.tenant, id, after, limit);
    const last = items.at(-1);
    if (items.length === limit && last !== undefined) reply.header('link', nextLink(`/api/v1/operations/${id}/results`, { limit, after: last.line }));
    return { items };
  }

  // Whoever accepted an operation reads it; for everybody else it is not there.
  private async own(who: Principal, id: string) {
    const progress = await this.operations.progress(who.tenant, id);
    if (progress !== undefined && progress.principal === who.id) return progress;
    throw new Problem({ status: 404, code: 'operation.unknown', title: 'There is no such operation', detail: 'Check the id in the Location you were given, and the key.' });
  }

  /** Every line as a command, or one problem with the faults of all lines: nothing is accepted by halves. */
  private async read(body: unknown, who: Principal) {
    if (typeof body !== 'string') {
      throw new Problem({ status: 415, code: 'body.media-type', title: 'This route reads NDJSON', detail: 'Send Content-Type: application/x-ndjson, one JSON object a line.' });
    }
    const texts = body.split('\n').map((text) => text.trim());
    const lines = texts.map((text, at) => ({ text, at })).filter(({ text }) => text !== '');
    if (lines.length === 0 || lines.length > mostLines) {
      throw new Problem({ status: 400, code: 'operation.size', title: 'An operation has 1 to 10,000 lines', detail: `This one has ${lines.length}.` });
    }
    const faults: { pointer?: string; code?: string; detail: string }[] = [];
    const commands: { command: AgreementCommandInput; expectedVersion: number | null }[] = [];
    for (const { text, at } of lines) {
      try {
        const { agreement, command, body: input, expectedVersion = null } = validate(line, parsed(text));
        const name = knownCommand(command);
        this.desk.mayAsk(name, who, input);
        this.desk.mustSayVersion(name, expectedVersion, 'expectedVersion');
        const asked = this.desk.read(name, agreement.toLowerCase(), input);
        await this.desk.mustSee(asked, who);
        commands.push({ command: asked, expectedVersion });
      } catch (thrown) {
        if (!(thrown instanceof Problem)) throw thrown;
        faults.push(...(thrown.errors ?? [{ detail: thrown.detail, code: thrown.code }]).map((fault) => ({ ...fault, pointer: `/${at}${fault.pointer ?? ''}` })));
      }
    }
    if (faults.length === 0) return commands;
    throw new Problem({
      status: 400,
      code: 'request.invalid',
      title: 'Some lines cannot be read as they stand',
      detail: 'Nothing was accepted. Each pointer begins with the number of its line, from 0.',
      errors: faults.slice(0, 200),
    });
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    refuseUnkeepable(value);
    return value;
  } catch (fault) {
    if (fault instanceof Problem) throw fault;
    throw new Problem({ status: 400, code: 'body.not-json', title: 'Not JSON', detail: 'The line is not JSON (RFC 8259).' });
  }
}
