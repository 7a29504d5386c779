import type { CommandOutcome } from '@concordat/access';
import { InvalidDocument, OwnPathways, PathwayCommand, pathways, routes } from '@concordat/pathway';
import { agreementKinds, type AskedIn, askedAt, type InUse, isFoundedOn, isOwn, kindsOn, type Pathway, pathwayDifferences, pathwaySvg, routeFits, tiers } from '@concordat/pathway/core';
import { Clock, concordatNamespace, Fingerprints, isUuid, londonDay, newId, Problem, uuidv5 } from '@concordat/platform';
import { Body, Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { typedIn } from './form-desk.js';
import { withSentFile } from './form/sent-file.js';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { mayForAll, whoCan } from './whole-organisation.js';
import { sourceShown } from './words/register-words.js';
import { codeOf, dayOf, upper } from './words/say.js';

const largestFile = 500_000;
interface Problems {
  readonly says: string;
  readonly items: readonly { readonly where: string; readonly detail: string }[];
}

/** The commissioning processes: what ships, what the organisation publishes itself, and what each gate of them asks. */
@UseFilters(PageFilter)
@Controller('pathways')
export class PathwaysPage {
  constructor(
    private readonly frame: Frame,
    private readonly own: OwnPathways,
    private readonly commands: CommandBus,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get()
  async all(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('pathway.read', request, reply);
    if (reader !== undefined) await this.show(reader, undefined, request, reply);
  }

  /** A file is looked at before anything of it counts: what is wrong with it, or what it would change. */
  @Post()
  async bring(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('pathway.manage', request, reply);
    if (reader === undefined) return;
    const text = await withSentFile(request, async (file) => (file === undefined ? undefined : textOf(file.bytes)));
    if (text === undefined) return this.show(reader, { says: 'Choose a file to upload', items: [] }, request, reply);
    if (text === 'too-large') return this.show(reader, { says: 'A document holds at most 500 kB', items: [] }, request, reply);
    await this.preview(reader, text, request, reply);
  }

  @Post('publish')
  async publish(@Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('pathway.manage', request, reply);
    if (reader === undefined) return;
    const typed = typedIn(body);
    const [document, key] = [typed['document'], typed['key']];
    const text = typeof document === 'string' ? document : '';
    const read = this.read(text);
    const found = 'problems' in read ? undefined : await this.readOwn(reader, read.json);
    const { tenant, actor, id: person } = reader.principal;
    if (found === undefined || 'problems' in found) {
      // Sent twice, its number is taken by itself: the page of what was published says so.
      const { id, version } = ('json' in read ? read.json : {}) as Partial<Pathway>;
      const known = typeof id === 'string' && typeof version === 'number' ? pathways.findFor(tenant, id, version) : undefined;
      if (known !== undefined && isOwn(known.id)) return reply.redirect(`/pathways/${known.id}/${known.version}`, 303);
      return this.preview(reader, text, request, reply);
    }
    const { pathway } = found;
    const outcome: CommandOutcome = await this.commands.execute(
      new PathwayCommand({ name: 'publish-pathway', pathway }, {
        tenant, actor, correlationId: request.id,
        commandId: uuidv5(concordatNamespace, `${tenant}/${person}/publish/${typeof key === 'string' && isUuid(key) ? key : newId()}`),
        fingerprint: this.fingerprints.of(['publish-pathway', pathway]),
      }),
    );
    if (outcome.outcome !== 'recorded') return this.preview(reader, text, request, reply);
    await reply.redirect(`/pathways/${pathway.id}/${pathway.version}`, 303);
  }

  @Get(':id/:version')
  async one(@Param('id') id: string, @Param('version') version: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('pathway.read', request, reply);
    if (reader === undefined) return;
    const pathway = await this.found(reader, id, version);
    const versions = pathways.allFor(reader.principal.tenant).filter((one) => one.id === id).map((one) => one.version);
    const former = formerOf(pathway);
    const page = shown(pathway);
    const inUse = pathways.inUseAs(pathways.inUseFor(reader.principal.tenant, id, this.today()));
    await this.frame.send(request, reply, 'pathway-version', { reader, place: '/pathways' }, {
      ...page,
      facts: [...page.facts, ...(inUse === undefined ? [] : [{ label: 'New agreements', fact: begunOn(pathway, inUse) }])],
      others: versions.filter((one) => one !== pathway.version).map((one) => ({ text: `Version ${one}`, href: `/pathways/${id}/${one}` })),
      former: former && { text: `${former.title}, version ${former.version}`, differences: differencesOf(former, pathway) },
      maySimulate: mayForAll(reader.principal.actor, 'pathway.manage', this.today()),
    });
  }

  @Get(':id/:version/drawing')
  async drawing(@Param('id') id: string, @Param('version') version: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('pathway.read', request, reply);
    if (reader !== undefined) await reply.type('image/svg+xml; charset=utf-8').send(pathwaySvg(await this.found(reader, id, version)));
  }

  /** The document as a file, to be changed and brought back as one's own. */
  @Get(':id/:version/document')
  async document(@Param('id') id: string, @Param('version') version: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('pathway.read', request, reply);
    if (reader === undefined) return;
    const pathway = await this.found(reader, id, version);
    await reply.type('application/json; charset=utf-8').header('content-disposition', `attachment; filename="${pathway.id}.v${pathway.version}.json"`).send(JSON.stringify(pathway, null, 2));
  }

  private async show(reader: Reader, problems: Problems | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { tenant, actor } = reader.principal;
    const [mine, shipped] = [await this.own.of(tenant), pathways.all];
    const { slug } = await this.own.published(tenant);
    const may = mayForAll(actor, 'pathway.manage', this.today());
    await this.frame.send(request, reply, 'pathways', { reader, place: '/pathways', status: problems === undefined ? 200 : 422 }, {
      problems,
      slug,
      whoCan: may ? undefined : whoCan('pathway.manage'),
      mine: linesOf(mine),
      shipped: linesOf(shipped),
      routes: routes.latest().map(({ id, version, title, regime, unverified }) => ({ title, regime: upper(regime), href: `/routes/${id}/${version}`, open: unverified.length })),
    });
  }

  private async preview(reader: Reader, text: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const read = this.read(text);
    const found = 'problems' in read ? read : await this.readOwn(reader, read.json);
    if ('problems' in found) return this.show(reader, found.problems, request, reply);
    const { pathway } = found;
    const former = pathways.findFor(reader.principal.tenant, pathway.id, pathway.version - 1) ?? formerOf(pathway);
    await this.frame.send(request, reply, 'pathway-preview', { reader, place: '/pathways' }, {
      ...shown(pathway),
      document: text,
      key: newId(),
      former: former && { text: `${former.title}, version ${former.version}`, differences: differencesOf(former, pathway) },
    });
  }

  private read(text: string): { readonly json: unknown } | { readonly problems: Problems } {
    try {
      return { json: JSON.parse(text) as unknown };
    } catch {
      return { problems: { says: 'This file is not JSON. Take a document that is published here, change it, and bring it back', items: [] } };
    }
  }

  private async readOwn({ principal: { tenant } }: Reader, json: unknown): Promise<{ readonly pathway: Pathway } | { readonly problems: Problems }> {
    try {
      return { pathway: await this.own.readOwn(tenant, json) };
    } catch (fault) {
      if (!(fault instanceof InvalidDocument)) throw fault;
      return { problems: { says: 'This document cannot be published as it stands', items: fault.problems.map(({ pointer, detail }) => ({ where: pointer || 'The whole', detail })) } };
    }
  }

  /** @throws Problem 404. */
  private async found({ principal: { tenant } }: Reader, id: string, version: string): Promise<Pathway> {
    const number = /^[1-9]\d{0,6}$/.test(version) ? Number(version) : 0;
    await this.own.know(tenant, { id, version: number });
    const pathway = pathways.findFor(tenant, id, number);
    if (pathway === undefined) throw new Problem({ status: 404, code: 'pathway.unknown', title: 'There is no such process', detail: 'The list of commissioning processes names every version that is published here.' });
    return pathway;
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}

async function textOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of bytes) {
    size += part.length;
    if (size > largestFile) return 'too-large';
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function begunOn({ version }: Pathway, inUse: InUse): string {
  const since = inUse.since === undefined ? '' : ` since ${dayOf(inUse.since)}`;
  return inUse.version === version ? `Begin on this version${since}` : `Begin on version ${inUse.version}${since}. What follows this version goes on by it until it is moved`;
}

const formerOf = ({ id, version, basedOn }: Pathway): Pathway | undefined =>
  version > 1 ? pathways.find(id, version - 1) : basedOn && pathways.find(basedOn.id, basedOn.version);

function linesOf(all: readonly Pathway[]) {
  return [...new Set(all.map(({ id }) => id))].map((id) => {
    const versions = all.filter((one) => one.id === id);
    const latest = versions.at(-1)!;
    return { title: latest.title, id, kinds: kindsOn(latest).map((kind) => codeOf(kind)).join(', '), stages: latest.stages.length, versions: versions.map(({ version }) => ({ text: `Version ${version}`, href: `/pathways/${id}/${version}` })) };
  });
}

const tiersSaid = ({ tiers: asked }: AskedIn): string => (asked.length === tiers.length ? 'every tier' : asked.join(', '));
const askedShown = (asked: AskedIn) => ({ asks: asked.asks, tiers: tiersSaid(asked), source: sourceShown(asked.source) });

function shown(pathway: Pathway) {
  return {
    title: pathway.title,
    version: pathway.version,
    self: `/pathways/${pathway.id}/${pathway.version}`,
    own: isOwn(pathway.id),
    facts: [
      { label: 'Id', fact: pathway.id },
      { label: 'For', fact: kindsOn(pathway).length === agreementKinds.length ? 'agreements of every kind' : kindsOn(pathway).map((kind) => codeOf(kind)).join(', ') },
      { label: 'Routes', fact: routes.latest().filter((route) => routeFits(pathway, route) && isFoundedOn(pathway, route)).map(({ title }) => title).join('; ') },
      { label: 'Tiers', fact: `small up to £${pathway.tiers.small.upTo.toLocaleString('en-GB')}, standard up to £${pathway.tiers.standard.upTo.toLocaleString('en-GB')}, major above`, source: sourceShown(pathway.tiers.source) },
      ...(pathway.grounds ?? []).map(({ says, source }) => ({ label: 'Ground of urgency', fact: says, source: sourceShown(source) })),
      ...(pathway.basedOn === undefined ? [] : [{ label: 'Keeps the law of', fact: `${pathway.basedOn.id}, version ${pathway.basedOn.version}` }]),
    ],
    gates: pathway.stages.map((stage) => ({ title: upper(stage.title), id: stage.id, preliminary: stage.gate.preliminary, asked: askedAt(stage, pathway.stages).map(askedShown) })),
    coming: pathway.coming,
  };
}

const changes = { new: 'A new stage', gone: 'This stage is gone', changed: '' } as const;

function differencesOf(from: Pathway, to: Pathway) {
  return pathwayDifferences(from, to).map(({ title, is, asksAnew, asksNoMore }) => ({ title, says: changes[is], asksAnew: asksAnew.map(askedShown), asksNoMore: asksNoMore.map(askedShown) }));
}

