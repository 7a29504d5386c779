import { Module } from '@nestjs/common';
import { AgreementsPage } from './agreements.page.js';
import { DemoPeople } from './demo-people.js';
import { SignInPage } from './sign-in.page.js';
import { SignedIn } from './signed-in.js';

export { prepareConsole } from './prepare-console.js';

/** Pages for people, rendered on the server. They call handlers in process, never the API. */
@Module({ controllers: [AgreementsPage, SignInPage], providers: [DemoPeople, SignedIn] })
export class ConsoleModule {}
