import type { CommandName } from '@concordat/agreement/core';
import { mayCommand } from '../sight.js';
import { commandWords, faults, hints } from '../words/en.js';
import { codeOf, labelOf } from '../words/say.js';
import { choicesFor, ownChoices } from './choice-table.js';
import { type Choices, type Lists, rolesToDeclareIn, type Scene } from './choices.js';
import type { Field } from './field.js';
import { type FormFault, rowsOf, type Typed } from './read-form.js';

/** What the page shows of one field: a macro of the design system and its parameters, or a set of such. */
export type Widget =
  | { readonly is: 'input' | 'textarea' | 'radios' | 'checkboxes' | 'select' | 'date'; readonly params: object }
  | { readonly is: 'hidden'; readonly name: string; readonly value: string }
  | { readonly is: 'given'; readonly label: string; readonly value: string; readonly name: string; readonly shown: string }
  | { readonly is: 'none'; readonly label: string; readonly says: string; readonly first?: { readonly command: CommandName; readonly title: string }; readonly id: string }
  | { readonly is: 'set'; readonly legend: string; readonly hint?: string; readonly id: string; readonly pair?: boolean; readonly widgets: readonly Widget[] }
  | { readonly is: 'rows'; readonly legend: string; readonly hint?: string; readonly id: string; readonly error?: string; readonly name: string; readonly rows: readonly { readonly name: string; readonly widgets: readonly Widget[] }[]; readonly more: boolean };

/** A form as a page shows it: its widgets, and its faults for the summary. */
export interface FormShown {
  readonly widgets: readonly Widget[];
  /** Something must be chosen and there is nothing to choose from, so that nothing can be sent. */
  readonly stuck: boolean;
  readonly errors: readonly { readonly text: string; readonly href: string }[];
}

const mostRadios = 8;
// Facts of a few words, whatever their schema would let them hold.
const oneLine = new Set(['facts.title', 'facts.reference', 'facts.place', 'facts.theme']);
const anchor = (name: string): string => `f-${name.replaceAll('.', '-')}`;

/** The form of a command with what was typed so far and what is wrong with it. */
export function formShown(command: CommandName, fields: readonly Field[], typed: Typed, wrong: readonly FormFault[], scene: Scene & Lists): FormShown {
  const shown = new Shown(command, typed, wrong, scene);
  const widgets = fields.map((field) => shown.widget(field));
  const stuck = widgets.some((widget, at) => widget.is === 'none' && mustChoose(fields[at]));
  return { widgets, stuck, errors: wrong.map((fault) => ({ text: shown.message(fault, fields), href: `#${shown.anchors.get(fault.name) ?? anchor(fault.name)}` })) };
}

/** What is of somebody who takes part. */
const goesByPseudonym = /^(participant|author|contribution|invitation|offer)$/;

const mustChoose = (field: Field | undefined): boolean => field?.required === true && (field.is === 'ids' ? field.least > 0 : true);

/** Is there anything to fill in, or is all of it given? */
export function asksAnything({ widgets }: FormShown): boolean {
  return widgets.some(({ is }) => is !== 'hidden' && is !== 'given');
}

/** Whether a field counts as the form stands: surely, so that what is sure in it is chosen already; once something of its group is filled in; or not, for an answer that is not given. */
type Counts = 'surely' | 'if-filled-in' | 'not';

class Shown {
  /** Where a fault of this name leads: the first input of its field. */
  readonly anchors = new Map<string, string>();
  private readonly messages = new Map<string, string>();

  constructor(
    private readonly command: CommandName,
    private readonly typed: Typed,
    private readonly wrong: readonly FormFault[],
    private readonly scene: Scene & Lists,
  ) {}

  message(fault: FormFault, fields: readonly Field[]): string {
    return this.messages.get(fault.name) ?? this.says(fault, find(fields, fault.name));
  }

  widget(field: Field, prefix = '', counts: Counts = 'surely'): Widget {
    const { name } = field;
    const id = anchor(name);
    const mayBeEmpty = !field.required || (field.is === 'text' && field.mayBeEmpty);
    const optional = mayBeEmpty && field.only === undefined && field.is !== 'yes' && field.is !== 'group' && !name.startsWith('facts.');
    const label = `${prefix}${this.scene.named.fixed(labelOf(this.command, name))}${optional ? ' (optional)' : ''}`;
    const hint = commandWords[this.command].hints?.[name];
    const error = this.error(field);
    const common = { id, name, ...(hint !== undefined && { hint: { text: hint } }), ...(error !== undefined && { errorMessage: { text: error } }) };
    const choices = field.is === 'id' || field.is === 'ids' || field.is === 'version' || field.is === 'one-of' ? choicesFor(this.command, name, this.scene) : field.is === 'text' || field.is === 'number' ? ownChoices(this.command, name, this.scene) : undefined;
    this.anchors.set(name, id);
    if (choices?.is === 'given') {
      if (choices.shown === undefined) return { is: 'hidden', name, value: choices.value };
      return { is: 'given', label, name, value: choices.value, shown: choices.shown };
    }
    if (choices !== undefined) return this.chosen(field, choices, label, common, counts);

    switch (field.is) {
      case 'yes':
        return { is: 'checkboxes', params: { ...common, idPrefix: id, items: [{ value: 'yes', text: label, checked: this.value(name) === 'yes' }] } };
      case 'one-of': {
        const values = /(^|\.)role$/.test(name) ? field.values.filter((value) => rolesToDeclareIn(this.scene).includes(String(value))) : field.values;
        return this.among(withNone(field, counts, values.map((value) => ({ value: String(value), text: this.scene.named.code(value, name) }))), label, common, name);
      }
      case 'some-of':
        return this.several(field.values.map((value) => ({ value, text: this.scene.named.code(value, name) })), label, common, name);
      case 'number':
        return { is: 'input', params: { ...common, label: labelled(label), value: this.value(name), inputmode: field.whole ? 'numeric' : 'decimal', classes: 'govuk-input--width-5', spellcheck: false } };
      case 'date':
        return this.date(name, label, common, hint);
      case 'money':
        this.anchors.set(name, `${id}-amount`);
        return {
          is: 'input',
          params: {
            ...common, id: `${id}-amount`, name: `${name}.amount`, label: labelled(label), hint: { text: [hint, hints.money].filter(Boolean).join('. ') },
            prefix: { text: '£' }, inputmode: 'decimal', classes: 'govuk-input--width-10', value: this.value(`${name}.amount`), spellcheck: false,
          },
        };
      case 'lines':
        return { is: 'textarea', params: { ...common, label: labelled(label), hint: { text: [hint, hints.lines].filter(Boolean).join('. ') }, rows: 4, value: this.value(name) } };
      case 'group':
        return { is: 'set', legend: label, id, pair: field.fields.length === 2 && field.fields.every((one) => one.is === 'text' || one.is === 'number'), widgets: field.fields.map((one) => this.widget(one, '', counts !== 'not' && field.empty !== 'required' ? 'if-filled-in' : counts)), ...(hint !== undefined && { hint }) };
      case 'rows':
        return this.rows(field, label, hint, error, counts);
      case 'either':
        return this.either(field, label, common, hint, error, counts);
      default: {
        const long = field.is === 'text' && field.most > 500 && !oneLine.has(name);
        return { is: long ? 'textarea' : 'input', params: { ...common, label: labelled(label), value: this.value(name), ...(long && { rows: 5 }) } };
      }
    }
  }

  private chosen(field: Field, choices: Extract<Choices, { is: 'options' }>, label: string, common: { readonly id: string; readonly name: string }, counts: Counts): Widget {
    const { options, none, firstThis, newcomers } = choices;
    if (options.length === 0 && this.scene.leavesPeople && goesByPseudonym.test(field.name)) {
      return { is: 'none', label, says: 'Those who take part go by pseudonyms, and you are shown none. A representative, an advocate or whoever looks after involvement enters this for them.', id: common.id };
    }
    if (options.length === 0 && newcomers === undefined) {
      const { actor, agreement, today } = this.scene;
      const isTheirs = firstThis !== undefined && mayCommand(actor, firstThis, agreement, today);
      return { is: 'none', label, says: none, id: common.id, ...(isTheirs && { first: { command: firstThis, title: commandWords[firstThis].title } }) };
    }
    if (field.is !== 'ids') return this.among(withNone(field, counts, options), label, common, field.name, counts === 'surely' ? sureOf(field, options, this.scene.chosen('about')) : undefined);
    const list = this.several(options, label, common, field.name);
    if (newcomers === undefined) return list;
    const more = {
      id: `${common.id}-new`, name: `new:${field.name}`, label: labelled(options.length === 0 ? label : 'How many people who are new here'),
      hint: { text: options.length === 0 ? 'How many people. Each gets a pseudonym of their own.' : 'Each gets a pseudonym of their own' },
      value: this.value(`new:${field.name}`), inputmode: 'numeric', classes: 'govuk-input--width-3',
    };
    if (options.length === 0) {
      this.anchors.set(field.name, more.id);
      return { is: 'input', params: { ...more, ...('errorMessage' in common && { errorMessage: common.errorMessage }) } };
    }
    return { is: 'set', legend: label, id: `${common.id}-set`, widgets: [this.several(options, 'People known here', common, field.name), { is: 'input', params: more }] };
  }

  private among(options: readonly Option[], label: string, common: { readonly id: string; readonly name: string }, name: string, sure?: string): Widget {
    const now = this.value(name) ?? sure;
    const some = options.filter(({ value }) => value !== '');
    if (some.length > mostRadios) {
      const items = [{ value: '', text: options.find(({ value }) => value === '')?.text ?? 'Choose' }, ...some.map(({ value, text }) => ({ value, text, selected: value === now }))];
      return { is: 'select', params: { ...common, label: labelled(label), items } };
    }
    const items = options.map(({ value, text, hint }) => ({ value, text, checked: value === now, ...(hint !== undefined && hint !== '' && { hint: { text: hint } }) }));
    return { is: 'radios', params: { ...common, idPrefix: common.id, classes: 'govuk-radios--small', fieldset: legended(label), items } };
  }

  private several(options: readonly { readonly value: string; readonly text: string }[], label: string, common: { readonly id: string; readonly name: string }, name: string): Widget {
    const about = this.scene.chosen('about');
    const now = this.typed[name] ?? (about === undefined ? [] : [about]);
    const items = options.map(({ value, text }) => ({ value, text, checked: now === value || now.includes(value) }));
    return { is: 'checkboxes', params: { ...common, idPrefix: common.id, classes: 'govuk-checkboxes--small', fieldset: legended(label), items } };
  }

  private date(name: string, label: string, common: object, hint: string | undefined): Widget {
    const id = anchor(name);
    this.anchors.set(name, `${id}-day`);
    const wrong = this.wrong.some((fault) => fault.name === name) ? ' govuk-input--error' : '';
    const items = [['day', 2], ['month', 2], ['year', 4]].map(([part, width]) => ({
      id: `${id}-${part}`, name: `${name}.${part}`, label: part === 'day' ? 'Day' : part === 'month' ? 'Month' : 'Year',
      classes: `govuk-input--width-${width}${wrong}`, value: this.value(`${name}.${part}`),
    }));
    return { is: 'date', params: { ...common, id, name: undefined, namePrefix: undefined, fieldset: legended(label), hint: { text: [hint, hints.date].filter(Boolean).join('. ') }, items } };
  }

  private rows(field: Extract<Field, { is: 'rows' }>, legend: string, hint: string | undefined, error: string | undefined, counts: Counts): Widget {
    const { name } = field;
    // What must not be empty begins with a row, until the last is removed.
    const shown = field.required && field.only === undefined && this.typed[`rows:${name}`] === undefined ? Math.max(1, rowsOf(this.typed, name)) : rowsOf(this.typed, name);
    const rows = Array.from({ length: shown }, (_, at) => ({
      name: `${name}.${at}`,
      widgets: field.fields.map((one) => this.widget({ ...one, name: one.name.replace(`${name}.*`, `${name}.${at}`) }, '', counts)),
    }));
    return { is: 'rows', legend, id: anchor(name), name, rows, more: shown < Math.min(field.most, 50), ...(hint !== undefined && { hint }), ...(error !== undefined && { error }) };
  }

  private either(field: Extract<Field, { is: 'either' }>, label: string, common: object, hint: string | undefined, error: string | undefined, counts: Counts): Widget {
    const tag = `${field.name}.${field.tag}`;
    const id = anchor(tag);
    this.anchors.set(field.name, id);
    this.anchors.set(tag, id);
    const radios = this.among(
      withNone(field, counts, field.values.map((value) => ({ value, text: codeOf(value, tag) }))),
      label,
      { ...common, id, name: tag, ...(hint !== undefined && { hint: { text: hint } }), ...(error !== undefined && { errorMessage: { text: error } }) },
      tag,
    );
    const inner = field.fields.map((one) => {
      const everywhere = one.only?.length === field.values.length;
      const answers = one.only?.map((value) => codeOf(value, tag)) ?? [];
      const [only = '', ...more] = answers;
      const saysItself = more.length === 0 && only.includes(' ') && labelOf(this.command, one.name).toLowerCase().endsWith(only.toLowerCase());
      const when = everywhere || saysItself ? '' : `If “${answers.join('” or “')}”: `;
      return this.widget(everywhere ? { ...one, only: [] } : one, when, (everywhere && field.required) || one.only?.includes(this.value(tag) ?? '') === true ? counts : 'not');
    });
    return { is: 'set', legend: '', id: `${id}-set`, widgets: [radios, ...inner] };
  }

  private value(name: string): string | undefined {
    const typed = this.typed[name];
    return typeof typed === 'string' ? typed : typed?.[0];
  }

  private error(field: Field): string | undefined {
    const names = field.is === 'either' ? [field.name, `${field.name}.${field.tag}`] : [field.name];
    const fault = this.wrong.find(({ name }) => names.includes(name) || (field.is === 'money' && name.startsWith(`${field.name}.`)));
    if (fault === undefined) return undefined;
    const says = this.says(fault, field);
    this.messages.set(fault.name, says);
    return says;
  }

  private says({ fault, says, name }: FormFault, field: Field | undefined): string {
    // A question that is not answered is named, not asked again.
    const label = labelOf(this.command, field?.name ?? name).replace(/\?$/, '');
    if (field?.is === 'either' || field?.is === 'one-of' || field?.is === 'id') return faults.choose(label);
    if (field?.is === 'number') return faults.number(label);
    if (field?.is === 'money') return faults.money(label);
    if (field?.is === 'date') return fault === 'missing' ? faults.day(label) : faults.date(label);
    if (fault === 'missing') return field?.is === 'ids' || field?.is === 'some-of' ? faults.chooseSome(label) : field?.is === 'rows' ? faults.row(label) : faults.missing(label);
    return says === undefined ? faults.unreadable(label) : `${label}: ${says}`;
  }
}

type Option = { readonly value: string; readonly text: string; readonly hint?: string };
/** What was chosen can be let go where nothing need be chosen; a fact that stands is not taken away by choosing none. */
const withNone = ({ required, otherwise, name, is }: Field, counts: Counts, options: readonly Option[]): readonly Option[] =>
  (required && counts !== 'if-filled-in') || otherwise === true || name.startsWith('facts.') ? options : [...options, { value: '', text: is === 'one-of' ? 'Not said' : 'None' }];
/** What the link that led here is about, or the one thing there is where one must be chosen. */
const sureOf = ({ required }: Field, options: readonly Option[], about: string | undefined): string | undefined =>
  (options.find(({ value }) => value === about) ?? (required && options.length === 1 ? options[0] : undefined))?.value;

const labelled = (text: string) => ({ text, classes: 'govuk-label--s' });
const legended = (text: string) => ({ legend: { text, classes: 'govuk-fieldset__legend--s' } });

function find(fields: readonly Field[], name: string): Field | undefined {
  for (const field of fields) {
    if (field.name === name) return field;
    const inner = 'fields' in field ? find(field.fields, name) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
