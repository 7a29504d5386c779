import { accessProviders, People, PersonNames, Vault } from '@concordat/access';
import { personFold, providerFold, wordingFold } from '@concordat/access/core';
import { AgreementHandler, Agreements, AnswersAlone, ClearCommands, CommandSeal, concernsConsumer, ElectionTimes, erasuresConsumer, operationBell, Operations, OwnRiskSettings, SpokenWords, Transfers, transfersConsumer } from '@concordat/agreement';
import { agreementFold, arrivalFold, participantFold, riskSettingsFold } from '@concordat/agreement/core';
import { ContributionImports, importBell, ImportList, Imports, ImportTelling, KeptRows, PublicRecord, RegisterImports } from '@concordat/exchange';
import { Consumers, Journal, journalBell } from '@concordat/journal';
import { OwnCalendars, OwnPathways, PathwayHandler } from '@concordat/pathway';
import { ownCalendarFold, ownPathwaysFold } from '@concordat/pathway/core';
import { Clock, Database, Doorbell, Fingerprints, Queues, Sealing, SystemClock } from '@concordat/platform';
import { AgreementList, agreementListConsumer, BeforeAsking, ContractRegister, involvementConsumer, InvolvementView, SavedFilters, turnaroundConsumer, Turnarounds, WaiverCounts, waiversConsumer, workConsumer, WorkList } from '@concordat/register';
import { Days, Mail, notificationsConsumer, Outbox, Post, postBell, Preferences } from '@concordat/reminders';
import { AddressGuard, EndpointHandler, fanOutConsumer, laneBell, Lanes, Sender, Told } from '@concordat/webhooks';
import { endpointFold, endpointListFold } from '@concordat/webhooks/core';
import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Installation } from './installation.js';

/** Every kind of stream there is. A journal without one of them could not read what another process wrote. */
export const folds = [personFold, providerFold, wordingFold, ownPathwaysFold, ownCalendarFold, agreementFold, arrivalFold, participantFold, riskSettingsFold, endpointFold, endpointListFold] as const;

/** Every bell that may be rung; the worker answers each with exactly one handler. */
export const bells = [journalBell, laneBell, operationBell, postBell, importBell] as const;

/** Lets go of connections once the application has stopped taking requests and work. */
@Injectable()
class Closing implements OnApplicationShutdown {
  constructor(
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Sender) private readonly sender: Sender,
    @Inject(Database) private readonly database: Database,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.queues.close();
    await this.sender.close();
    await this.database.close();
  }
}

/**
 * All libs put together once, the same for web, worker, command line, tests and benches. Whoever composes a process imports
 * `ConcordatModule.forRoot(installation)` beside its own module; nothing in the libs knows Nest's modules.
 */
@Module({})
export class ConcordatModule {
  /** @param clock another clock than the machine's: for the seed, whose history lies in the past, and for tests. */
  static forRoot(installation: Installation, clock: Clock = new SystemClock()): DynamicModule {
    const { databaseUrl, queueDatabaseUrl = databaseUrl, redisUrl, publicUrl, smtpUrl, smtpFrom } = installation;
    // In a demo nobody is written to, whatever the environment says: its people are made up.
    const mail = installation.mode === 'demo' || smtpUrl === undefined || smtpFrom === undefined ? undefined : new Mail(smtpUrl, smtpFrom);
    const parts = [
      { provide: Installation, useValue: installation },
      { provide: Clock, useValue: clock },
      { provide: Sealing, useValue: new Sealing(installation.key) },
      { provide: Fingerprints, useValue: new Fingerprints(installation.key) },
      { provide: Database, useFactory: () => Database.open({ url: databaseUrl, applicationName: 'concordat' }) },
      { provide: Queues, useFactory: () => Queues.open({ redisUrl, databaseUrl: queueDatabaseUrl, names: bells }) },
      { provide: Doorbell, useFactory: (queues: Queues) => queues.doorbell, inject: [Queues] },
      {
        provide: Journal,
        useFactory: (database: Database) => new Journal(database, clock, folds),
        inject: [Database],
      },
      {
        provide: Consumers,
        useFactory: (...[database, journal, people, vault, ownPathways, transfers, doorbell]: [Database, Journal, People, Vault, OwnPathways, Transfers, Doorbell]) =>
          new Consumers(database, journal, [
            agreementListConsumer(journal),
            workConsumer(journal, ownPathways),
            involvementConsumer(journal, ownPathways),
            waiversConsumer(),
            turnaroundConsumer(journal),
            fanOutConsumer(publicUrl, clock),
            notificationsConsumer(journal, people, clock, mail !== undefined),
            concernsConsumer(journal, vault),
            erasuresConsumer(vault),
            transfersConsumer(journal, transfers, doorbell),
          ]),
        inject: [Database, Journal, People, Vault, OwnPathways, Transfers, Doorbell],
      },
      {
        provide: AddressGuard,
        useValue: new AddressGuard({
          demo: installation.mode === 'demo',
          allowCidrs: installation.webhookAllowCidrs,
          allowPorts: installation.webhookAllowPorts,
        }),
      },
      { provide: Sender, useFactory: (guard: AddressGuard) => new Sender(guard), inject: [AddressGuard] },
      {
        provide: Lanes,
        useFactory: (...[database, at, doorbell, sealing, sender, endpoints]: [Database, Clock, Doorbell, Sealing, Sender, EndpointHandler]) =>
          new Lanes(database, at, doorbell, sealing, sender, endpoints),
        inject: [Database, Clock, Doorbell, Sealing, Sender, EndpointHandler],
      },
      {
        provide: Told,
        useFactory: (...[database, at, doorbell, consumers]: [Database, Clock, Doorbell, Consumers]) => new Told(database, at, doorbell, consumers),
        inject: [Database, Clock, Doorbell, Consumers],
      },
      {
        provide: Days,
        useFactory: (...[database, at, journal, consumers, people]: [Database, Clock, Journal, Consumers, People]) => new Days(database, at, journal, consumers, people, mail !== undefined),
        inject: [Database, Clock, Journal, Consumers, People],
      },
      {
        provide: Post,
        useFactory: (...[database, at, doorbell, names]: [Database, Clock, Doorbell, PersonNames]) => new Post(database, at, doorbell, names, mail, publicUrl),
        inject: [Database, Clock, Doorbell, PersonNames],
      },
      ...accessProviders,
      {
        provide: ElectionTimes,
        useFactory: (register: ContractRegister): ElectionTimes => ({ of: async (tenant) => (await register.settings(tenant)).preElection.periods }),
        inject: [ContractRegister],
      },
      OwnPathways,
      OwnCalendars,
      PathwayHandler,
      AgreementHandler,
      Agreements,
      OwnRiskSettings,
      ClearCommands,
      CommandSeal,
      Transfers,
      Operations,
      AgreementList,
      WorkList,
      InvolvementView,
      BeforeAsking,
      WaiverCounts,
      Turnarounds,
      Imports,
      ImportTelling,
      ImportList,
      RegisterImports,
      KeptRows,
      ContributionImports,
      PublicRecord,
      AnswersAlone,
      SpokenWords,
      ContractRegister,
      SavedFilters,
      EndpointHandler,
      Outbox,
      Preferences,
    ];
    return {
      module: ConcordatModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: [...parts, Closing],
      exports: [CqrsModule, ...parts.map((part) => ('provide' in part ? part.provide : part))],
    };
  }
}
