/**
 * The facts an agreement may hold, and the form of each. `document` is a reference to a document kept elsewhere
 * (`{ reference, title }`); `money` is `{ amount: "123.45", currency: "GBP" }`; `date` is a civil date; `period` is
 * `{ startsOn, endsOn }`; `count` a whole number ≥ 0; `answer` is `yes` or `no`.
 */
export const factForms = {
  title: 'text',
  description: 'text',
  reference: 'text',
  place: 'text',
  theme: 'text',
  value: 'money',
  'contract-period': 'period',
  'most-call-offs': 'count',
  sponsor: 'person',
  lead: 'person',
  team: 'text',
  controller: 'person',
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
  'service-may-change': 'answer',
  'award-notice-published': 'date',
  'contract-signed': 'date',
  'service-regulated': 'answer',
  'health-service': 'answer',
  registration: 'document',
  'insurance-check': 'document',
  'equality-note': 'document',
  'data-screening': 'document',
  'needs-and-assets': 'document',
  'specification-relies-on': 'document',
  'kpi-people-wrote': 'text',
  'why-no-kpis': 'document',
  'people-without-arrangement': 'count',
  'people-feedback': 'document',
  'differences-discussed': 'document',
  'people-view-published': 'document',
  'transition-report': 'document',
  'options-appraisal': 'document',
  'consultation-report': 'document',
  'modification-test': 'document',
  'notice-given': 'date',
  'service-ended': 'date',
  'mobilisation-plan': 'document',
  'delivery-report': 'document',
  'review-report': 'document',
  'closing-report': 'document',
} as const;

/** The name of a fact. */
export type FactName = keyof typeof factForms;
/** The form a fact's value has. */
export type FactForm = (typeof factForms)[FactName];

/**
 * What the law itself asks by a fact: a conflicts assessment before a tender (Procurement Act 2023 s.83), assessment summaries before the
 * award notice and that notice before the contract (s.50), the test of a modification (s.74; PSR 2023 reg 13).
 */
export const factsOfLaw: readonly FactName[] = ['conflicts-assessment', 'evaluation', 'award-notice-published', 'modification-test'];

/** What of it is asked once, before something is awarded: neither is asked again before what was awarded is changed. */
export const factsOfAward: readonly FactName[] = ['conflicts-assessment', 'award-notice-published'];

/**
 * By what it is seen that a duty of law was met, although it may follow a gate by some days: an assessment of data protection before
 * processing, or the screening that tells whether one is needed (UK GDPR Art 35), and of equality (Equality Act 2010 s.149).
 */
export const factsOfDuty: readonly FactName[] = ['dpia', 'data-screening', 'eqia', 'equality-note'];

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
  controller: 'who acts for the data controller',
  'most-call-offs': 'how many may be called off at most',
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
  'service-may-change': 'whether a service may change or end for people',
  'award-notice-published': 'day the award notice was published',
  'contract-signed': 'day the contract was entered into',
  'service-regulated': 'whether the service is regulated',
  'health-service': 'whether it is health care, or some of it is',
  registration: 'registration of the provider, by its number and its register',
  'insurance-check': 'insurance check',
  'equality-note': 'equality note of one page',
  'data-screening': 'data protection screening',
  'needs-and-assets': 'needs, and what people already have and do',
  'specification-relies-on': 'what the specification relies on',
  'kpi-people-wrote': 'a measure that people wrote',
  'why-no-kpis': 'why no KPI can tell how well it is carried out',
  'people-without-arrangement': 'how many people are without an arrangement',
  'people-feedback': 'people’s feedback of this cycle',
  'differences-discussed': 'differences that were discussed',
  'people-view-published': 'people’s view, as published',
  'transition-report': 'transition report',
  'options-appraisal': 'options appraisal',
  'consultation-report': 'what the consultation said',
  'modification-test': 'test of whether the regime allows the change',
  'notice-given': 'day notice was given',
  'service-ended': 'day the service ended',
  'mobilisation-plan': 'mobilisation plan',
  'delivery-report': 'delivery report',
  'review-report': 'review report',
  'closing-report': 'closing report',
};
