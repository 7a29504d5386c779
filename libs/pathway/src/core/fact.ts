/**
 * The facts an agreement may hold, and the form of each. `document` is a reference to a document kept elsewhere
 * (`{ reference, title }`); `money` is `{ amount: "123.45", currency: "GBP" }`; `date` is a civil date; `period` is
 * `{ startsOn, endsOn }`; `count` a whole number ≥ 0.
 */
export const factForms = {
  title: 'text',
  description: 'text',
  reference: 'text',
  place: 'text',
  theme: 'text',
  value: 'money',
  'contract-period': 'period',
  sponsor: 'person',
  lead: 'person',
  team: 'text',
  'people-concerned': 'count',
  'affected-groups': 'list',
  'not-in-the-room': 'list',
  'safeguarding-screen': 'document',
  'financial-envelope': 'document',
  eqia: 'document',
  dpia: 'document',
  qia: 'document',
  specification: 'document',
  'conflicts-assessment': 'document',
  evaluation: 'document',
  'award-notice-published': 'date',
  'insurance-check': 'document',
  'equality-note': 'document',
  'data-screening': 'document',
  'mobilisation-plan': 'document',
  'delivery-report': 'document',
  'review-report': 'document',
  'closing-report': 'document',
} as const;

/** The name of a fact. */
export type FactName = keyof typeof factForms;
/** The form a fact's value has. */
export type FactForm = (typeof factForms)[FactName];

/** How a page and a refusal name each fact. */
export const factTitles: { readonly [F in FactName]: string } = {
  title: 'title',
  description: 'description',
  reference: 'reference',
  place: 'place',
  theme: 'theme',
  value: 'value',
  'contract-period': 'contract period',
  sponsor: 'sponsor',
  lead: 'lead',
  team: 'team',
  'people-concerned': 'how many people are concerned',
  'affected-groups': 'who is affected',
  'not-in-the-room': 'who is not in the room',
  'safeguarding-screen': 'safeguarding screen',
  'financial-envelope': 'financial envelope',
  eqia: 'equality impact assessment',
  dpia: 'data protection impact assessment',
  qia: 'quality impact assessment',
  specification: 'specification',
  'conflicts-assessment': 'conflicts assessment',
  evaluation: 'evaluation',
  'award-notice-published': 'day the award notice was published',
  'insurance-check': 'insurance check',
  'equality-note': 'equality note of one page',
  'data-screening': 'data protection screening',
  'mobilisation-plan': 'mobilisation plan',
  'delivery-report': 'delivery report',
  'review-report': 'review report',
  'closing-report': 'closing report',
};
