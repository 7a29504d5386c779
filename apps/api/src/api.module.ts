import { invalid } from './validate.js';
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { AgreementDesk } from './agreement-desk.js';
import { AgreementsController } from './agreements.controller.js';
import { AssurancePackController } from './assurance-pack.controller.js';
import { CalendarController } from './calendar.controller.js';
import { ContractWritesController } from './contract-writes.controller.js';
import { ContractsController } from './contracts.controller.js';
import { ContributionImportsController } from './contribution-imports.controller.js';
import { EventsController } from './events.controller.js';
import { HealthController } from './health.controller.js';
import { ImportsController } from './imports.controller.js';
import { InvolvementOverTimeController } from './involvement-over-time.controller.js';
import { InvolvementController } from './involvement.controller.js';
import { JournalController } from './journal.controller.js';
import { KeyGuard } from './key.guard.js';
import { KeysController } from './keys.controller.js';
import { MeController } from './me.controller.js';
import { NotificationsController } from './notifications.controller.js';
import { OperationsController } from './operations.controller.js';
import { PathwaysController } from './pathways.controller.js';
import { PeopleController } from './people.controller.js';
import { PersonDesk } from './person-desk.js';
import { ProblemFilter } from './problem.filter.js';
import { ProvidersController } from './providers.controller.js';
import { DeliveryController } from './delivery.controller.js';
import { PublicationsController } from './publications.controller.js';
import { RiskController } from './risk.controller.js';
import { SavedFiltersController } from './saved-filters.controller.js';
import { SchemasController } from './schemas.controller.js';
import { StandInsController } from './stand-ins.controller.js';
import { TransfersController } from './transfers.controller.js';
import { TurnaroundController } from './turnaround.controller.js';
import { WaiversController } from './waivers.controller.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';
import { WordingController } from './wording.controller.js';
import { WorkController } from './work.controller.js';

export { prepareApi } from './prepare-api.js';
export { serving } from './serving.js';

/** The JSON API under `/api`: parses, finds out who asks, hands over. What it hands to stands in ConcordatModule. */
@Module({
  controllers: [
    AgreementsController,
    AssurancePackController,
    CalendarController,
    ContractWritesController,
    ContractsController,
    ContributionImportsController,
    EventsController,
    HealthController,
    ImportsController,
    InvolvementController,
    InvolvementOverTimeController,
    JournalController,
    KeysController,
    MeController,
    NotificationsController,
    OperationsController,
    PathwaysController,
    PeopleController,
    ProvidersController,
    PublicationsController,
    RiskController,
    DeliveryController,
    SavedFiltersController,
    SchemasController,
    StandInsController,
    TransfersController,
    TurnaroundController,
    WaiversController,
    WebhookEndpointsController,
    WordingController,
    WorkController,
  ],
  providers: [
    AgreementDesk,
    KeyGuard,
    PersonDesk,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useValue: new StandardSchemaValidationPipe({ exceptionFactory: invalid }) },
  ],
})
export class ApiModule {}
