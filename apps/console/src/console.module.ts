import { ConcordatModule, type Installation } from '@concordat/assembly';
import { NestLog } from '@concordat/platform';
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AgreementDoor } from './agreement-open.js';
import { AgreementPage } from './agreement.page.js';
import { AgreementsPage } from './agreements.page.js';
import { AskedPage } from './asked.page.js';
import { AssurancePackPage } from './assurance-pack.page.js';
import { CommandDesk } from './command-desk.js';
import { CommandPage } from './command.page.js';
import { ContributionImportPage } from './contribution-import.page.js';
import { DecisionPaperPage } from './decision-paper.page.js';
import { DemoPeople } from './demo-people.js';
import { EndpointDesk } from './endpoint-desk.js';
import { EndpointsPage } from './endpoints.page.js';
import { FormDesk } from './form-desk.js';
import { Frame } from './frame.js';
import { ImportsPage } from './imports.page.js';
import { InvolvementOverTimePage } from './involvement-over-time.page.js';
import { MyWorkPage } from './my-work.page.js';
import { Names } from './names.js';
import { OutboxPage } from './outbox.page.js';
import { PageFilter } from './page.filter.js';
import { PreferencesPage } from './preferences.page.js';
import { prepareConsole } from './prepare-console.js';
import { Outlook } from './outlook.js';
import { PaperShown } from './paper-shown.js';
import { PathwaysPage } from './pathways.page.js';
import { RoutePage } from './route.page.js';
import { PublishedPage } from './published.page.js';
import { RegisterImportPage } from './register-import.page.js';
import { RegisterKeptPage } from './register-kept.page.js';
import { RegisterPage } from './register.page.js';
import { CalendarPage } from './calendar.page.js';
import { RegisterSettingsPage } from './register-settings.page.js';
import { RiskSettingsPage } from './risk-settings.page.js';
import { SignInPage } from './sign-in.page.js';
import { SignedIn } from './signed-in.js';
import { SimulationPage } from './simulation.page.js';
import { StandInsPage } from './stand-ins.page.js';
import { TakeOverPage } from './take-over.page.js';
import { TransfersPage } from './transfers.page.js';
import { TurnaroundPage } from './turnaround.page.js';
import { WaiversPage } from './waivers.page.js';
import { WordingPage } from './wording.page.js';
import { YouSaidPage } from './you-said.page.js';
import { WordsAsked } from './words-asked.js';

export { prepareDemoReceiver } from './demo-receiver.js';
export { prepareConsole };

/** Pages for people, rendered on the server. They call handlers in process, never the API. */
@Module({
  // A fixed address before one with an id in it: /agreements/new is no agreement.
  controllers: [MyWorkPage, AgreementsPage, InvolvementOverTimePage, WaiversPage, TurnaroundPage, TransfersPage, CommandPage, AskedPage, ContributionImportPage, AgreementPage, DecisionPaperPage, AssurancePackPage, YouSaidPage, StandInsPage, EndpointsPage, OutboxPage, PreferencesPage, ImportsPage, RegisterImportPage, RegisterKeptPage, RegisterPage, TakeOverPage, RegisterSettingsPage, CalendarPage, WordingPage, PathwaysPage, RoutePage, RiskSettingsPage, SimulationPage, PublishedPage, SignInPage],
  providers: [AgreementDoor, CommandDesk, DemoPeople, EndpointDesk, FormDesk, Frame, Names, Outlook, PaperShown, SignedIn, WordsAsked],
})
export class ConsoleModule {}

/** Pages without the API, in a process of their own: what the API brings along where both are served is brought here. It does not listen yet; `close` takes it down. */
export async function composeConsole(installation: Installation): Promise<NestFastifyApplication> {
  @Module({
    imports: [ConcordatModule.forRoot(installation), ConsoleModule],
    providers: [{ provide: APP_FILTER, useClass: PageFilter }, { provide: APP_PIPE, useValue: new StandardSchemaValidationPipe() }],
  })
  class ConsoleAlone {}

  const adapter = new FastifyAdapter({ bodyLimit: 1_048_576, keepAliveTimeout: 75_000 });
  const app = await NestFactory.create<NestFastifyApplication>(ConsoleAlone, adapter, { return503OnClosing: true, forceCloseConnections: true, logger: new NestLog() });
  prepareConsole(app);
  return app;
}
