import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Addon } from '../../src/cluster';
import { AddonName, hasAddon, requireAddon } from '../../src/private/addons';
import { setSetting } from '../../src/private/settings';
import { PRINTS_WARNINGS, warningsOf } from '../../src/private/warnings';

let app: App;
let chart: Chart;
beforeEach(() => {
  app = new App();
  Object.defineProperty(app, PRINTS_WARNINGS, { value: true });
  chart = new Chart(app, 'llm');
});
const route = (id = 'llama', scope: Construct = chart) => requireAddon(new Construct(scope, id), 'gateway-api', 'an HTTPRoute');
const synthesized = () => {
  app.synthYaml();
  return warningsOf(app);
};

test('warns at synth, naming the add-on and the statement that silences it', () => {
  route();
  expect(warningsOf(app)).toEqual([]);
  expect(synthesized()).toEqual([
    'llm/llama: an HTTPRoute does nothing without Gateway API, and the program doesn\'t say that it is in the cluster; '
    + 'install it, and say so once: Addon.GATEWAY_API.installedIn(app)',
  ]);
});

test('warns once per add-on, however often something needs it and however often the program is synthesized', () => {
  route('a');
  route('b', new Chart(app, 'other'));
  requireAddon(new Construct(chart, 'c'), 'keda', 'a ScaledObject');
  synthesized();
  expect(synthesized().map(text => text.split(':')[0])).toEqual(['llm/a', 'llm/c']);
});

test('a statement that follows silences the warning', () => {
  route();
  Addon.GATEWAY_API.installedIn(app);
  expect(synthesized()).toEqual([]);
});

test('a chart\'s statement holds for the chart, and adds to the app\'s', () => {
  Addon.GATEWAY_API.installedIn(chart);
  Addon.KEDA.installedIn(app);
  route();
  requireAddon(new Construct(chart, 'b'), 'keda', 'a ScaledObject');
  route('c', new Chart(app, 'other'));
  expect(synthesized()).toEqual([expect.stringMatching(/^other\/c: an HTTPRoute/)]);
});

test('several add-ons of one scope are kept', () => {
  Addon.KEDA.installedIn(app);
  Addon.CERT_MANAGER.installedIn(app);
  expect((['keda', 'cert-manager', 'external-dns'] as AddonName[]).map(name => hasAddon(chart, name))).toEqual([true, true, false]);
});

test('a stated Prometheus is a stated Prometheus operator', () => {
  expect(hasAddon(chart, 'prometheus-operator')).toBe(false);
  setSetting(app, 'prometheus', {});
  expect(hasAddon(chart, 'prometheus-operator')).toBe(true);
  expect(hasAddon(chart, 'keda')).toBe(false);
});

test('every add-on can be required and stated', () => {
  const all = [Addon.KEDA, Addon.GATEWAY_API, Addon.PROMETHEUS_OPERATOR, Addon.CERT_MANAGER, Addon.EXTERNAL_DNS];
  all.forEach(addon => requireAddon(new Construct(chart, addon.name), addon.name as AddonName, 'it'));
  const members = synthesized().map(text => /Addon\.(\w+)\./.exec(text)![1]);
  expect(members.map(member => (Addon as any)[member])).toEqual(all);
  all.forEach(addon => addon.installedIn(app));
  expect(all.every(addon => hasAddon(chart, addon.name as AddonName))).toBe(true);
});
