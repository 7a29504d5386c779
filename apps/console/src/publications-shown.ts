import { type Agreement, type Publication, publicOf, withheldNow } from '@concordat/agreement/core';
import { publicationCalled } from './names.js';
import type { Form } from './sight.js';
import { codeOf, dayOf, upper } from './words/say.js';

function embargoSaid(agreement: Agreement, { releaseWhen }: Publication): string {
  switch (releaseWhen.is) {
    case 'day':
      return `Not before ${dayOf(releaseWhen.on)}.`;
    case 'notice':
      return `Not before ${publicationCalled(agreement, { is: 'release', notice: releaseWhen.notice, ocid: '' }).replace('the data of ', '')} is published.`;
    case 'decision-in-force':
      return 'Not before the decision is in force.';
  }
}

/** What went out or is to go out, what each waits for, and all that was ever withheld. @param tenant whose public address it has. */
export function publicationsShown(agreement: Agreement, tenant: string, form: Form) {
  return agreement.publications.map((publication) => {
    const { publication: id, of, withheld, published } = publication;
    const kept = withheldNow(publication);
    const address = `/published/${tenant}/${agreement.id}`;
    return {
      id,
      title: upper(publicationCalled(agreement, of)),
      ...(kept !== undefined ? { state: published === null ? 'Withheld' : 'Taken down', colour: 'govuk-tag--orange' } : published === null ? { state: 'Planned', colour: 'govuk-tag--grey' } : { state: 'Published', colour: 'govuk-tag--green' }),
      says:
        published === null
          ? embargoSaid(agreement, publication)
          : `Went out on ${dayOf(published.on)}${published.number === null ? '' : `, after the official notice ${published.number}`}.${published.election === null ? '' : ` It was before ${published.election}, and asked for by ${published.duty}.`}`,
      kept: withheld.map(({ ground, reason, on, lifted }) => `Withheld on ${dayOf(on)}. ${codeOf(ground)}: ${reason}${lifted === null ? '' : ` (let go on ${dayOf(lifted.on)}: ${lifted.reason}${lifted.election === undefined ? '' : `; before ${lifted.election}, asked for by ${lifted.duty}`})`}`),
      href: publicOf(agreement).includes(publication) ? (of.is === 'release' ? `${address}/releases.json` : address) : undefined,
      links: [
        { text: 'Publish', href: published === null && kept === undefined ? form('publish', id) : undefined },
        kept === undefined ? { text: published === null ? 'Withhold' : 'Take down', href: form('withhold-publication', id) } : { text: 'Let go', href: form('lift-withholding', id) },
      ].filter(({ href }) => href !== undefined),
    };
  });
}
