import { type Actor, actingNow, may, type Person, rightMissing } from '@concordat/access/core';
import { accept, type Decision, type Fold, type NewEvent, type Refusal, refuse } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import { alreadySo, refusal } from './refusal.js';
import { type Band, bands, type RiskSettings, seers, shippedRiskSettings } from './risk-matrix.js';

/** What can have happened in the `settings-` stream of an organisation. */
export interface SettingsEvents {
  /** All of it, as it holds from then on. */
  'concordat.settings.risk-changed.v1': RiskSettings;
}
type SettingsEvent = { [T in keyof SettingsEvents]: NewEvent<T, SettingsEvents[T]> }[keyof SettingsEvents];

/** The stream in which an organisation says what it says of its risks. */
export const riskSettingsStream = 'settings-risk';

/** How that stream becomes the settings; what ships, while it is empty. */
export const riskSettingsFold: Fold<RiskSettings, SettingsEvent & { readonly recordedAt: string }> = {
  kind: 'settings',
  number: 1,
  initial: shippedRiskSettings,
  types: ['concordat.settings.risk-changed.v1'],
  upcasts: {},
  evolve: (_, { data }) => data,
};

const administrator = (what: string) => ({ what, suppliedBy: 'administrator' });

/** The event that gives an organisation these settings, or every refusal at once. */
export function changeRiskSettings(now: RiskSettings, next: RiskSettings, actor: Actor, person: Person, today: CivilDate): Decision<SettingsEvent> {
  if (!may(actingNow(actor, person), 'settings.manage', {}, today)) return refuse(rightMissing('settings.manage'));
  const begins = [1, next.bands.moderate, next.bands.high, next.bands.extreme];
  const ids = next.domains.map(({ id }) => id);
  const left = now.domains.filter(({ id }) => !ids.includes(id));
  const howFarUp = (band: Band): number => seers.findIndex((seer) => seer === next.escalation[band]);
  const fallingBehind = bands.filter((band, at) => bands.slice(0, at).some((smaller) => howFarUp(smaller) > howFarUp(band)));
  const rules: readonly (Refusal | false)[] = [
    canonical(now) === canonical(next) && alreadySo('the settings say this'),
    begins.some((begin, at) => at > 0 && (!Number.isInteger(begin) || begin <= (begins[at - 1] ?? 0) || begin > 25)) &&
      refusal('risk-settings.bands-overlap', 'Each band begins later than the one before it, and none after 25.', ...bands.slice(1).map(administrator)),
    fallingBehind.length > 0 &&
      refusal('risk-settings.escalation-falls', 'What is larger is seen by whoever sees what is smaller, or from further up.', ...fallingBehind.map((band) => administrator(`who sees a risk that is ${band}`))),
    new Set(ids).size !== ids.length && refusal('risk-settings.domain-twice', 'Each domain stands here once.', administrator('domains')),
    left.length > 0 &&
      refusal('risk-settings.domain-left-out', 'A domain stays, because risks stand in it; its title and appetite can change.', ...left.map(({ id }) => administrator(id))),
  ];
  const [first, ...more] = rules.filter((rule) => rule !== false);
  return first === undefined ? accept({ stream: riskSettingsStream, type: 'concordat.settings.risk-changed.v1', data: next }) : refuse(first, ...more);
}
