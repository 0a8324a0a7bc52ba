import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { said } from './manifests';
import { PlatformApp } from '../../../../src/app';
import { errorOf, raw } from '../../support';

const named = (kind: string, name: any, apiVersion = 'v1') => said({ apiVersion, kind, metadata: { name } }).filter(line => line.startsWith('metadata.name'));
const SUBDOMAIN = 'must be at most 253 lower case letters, digits, "-" and ".", each part starting and ending with a letter or digit; rename it';

describe('a name', () => {
  test.each(['Web', 'my_app', '-web', 'web-', 'web.', '.web', '', 'my app', 'wéb', '../../evil', 'a..b', 'x'.repeat(254)])('%j is refused', name => {
    expect(named('ConfigMap', name)[0]).toMatch(/^metadata\.name: got /);
    expect(named('ConfigMap', name)[0]).toContain(SUBDOMAIN);
  });

  test('of 253 characters with dots is fine', () => expect(named('ConfigMap', `${'a'.repeat(63)}.${'b'.repeat(189)}`)).toEqual([]));

  test.each(['1web', 'web.a', 'a'.repeat(64), 'Web', ''])('of a Service, %j is refused', name => {
    expect(named('Service', name)[0]).toContain('must be at most 63 lower case letters, digits and "-", that start with a letter and end with a letter or digit; rename it');
  });

  test.each(['My_NS', 'a.b', 'a'.repeat(64)])('of a Namespace, %j is refused', name => {
    expect(named('Namespace', name)[0]).toContain('must be lower case letters, digits and "-", and start and end with a letter or digit, and have at most 63 characters; rename it');
  });

  test.each(['a/b', 'a%b', '.', '..', ''])('of a role, %j is refused', name => {
    expect(named('ClusterRole', name, 'rbac.authorization.k8s.io/v1')).toEqual([`metadata.name: got ${JSON.stringify(name)}; must be a name without "/" and "%"; rename it`]);
  });

  test('of a role may have colons and capitals', () => expect(named('ClusterRole', 'system:Node', 'rbac.authorization.k8s.io/v1')).toEqual([]));

  test.each([
    ['CronJob', 'batch/v1', 52], ['StatefulSet', 'apps/v1', 52], ['Job', 'batch/v1', 63], ['Deployment', 'apps/v1', 242], ['DaemonSet', 'apps/v1', 242],
  ])('of a %s leaves room for those of its pods', (kind, apiVersion, max) => {
    expect(named(kind, 'a'.repeat(max), apiVersion)).toEqual([]);
    expect(named(kind, 'a'.repeat(max + 2), apiVersion)[0]).toMatch(new RegExp(`must have at most ${max} characters, .*; shorten it by 2$`));
  });

  test('of a Deployment that Kubernetes cuts in its pods\' names is taken with a warning', () => {
    const app = new PlatformApp();
    const chart = new Chart(app, 'lab');
    for (const length of [52, 60]) {
      const name = 'a'.repeat(length);
      new kplus.Deployment(chart, `it${length}`, { metadata: { name }, containers: [{ image: 'a:1' }] });
    }
    expect(errorOf(app)).toBe('');
    expect(app.warnings.filter(warning => warning.includes('its name has'))).toEqual([
      'lab/it60: its name has 60 characters, so that Kubernetes cuts it in those of its pods, "<name>-<hash>-<suffix>", which then don\'t tell their rollouts apart; have at most 52',
    ]);
  });

  test('that cdk8s made may be as long as cdk8s makes it', () => {
    const app = new PlatformApp();
    const deployment = new kplus.Deployment(new Chart(app, 'a-chart-with-a-long-id'), 'a-deployment-with-an-even-longer-id-that-is-cut', { containers: [{ image: 'a:1' }] });
    expect(deployment.name.length).toBeGreaterThan(52);
    expect(errorOf(app)).toBe('');
    expect(app.warnings.join()).not.toContain('its name has');
  });

  test('that cdk8s makes of an id, and that no cluster takes, is refused', () => {
    const app = new PlatformApp();
    new kplus.ConfigMap(new Chart(app, 'lab'), 'my_app');
    expect(errorOf(app)).toContain('lab/my_app.metadata.name: got "lab-my_app-c8');
  });
});

test.each(['My_NS', 'a'.repeat(64), 'a.b', ''])('the namespace %j is refused', namespace => {
  const app = new PlatformApp({ existingNamespaces: [] });
  raw(new Chart(app, 'lab'), 'it', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', namespace } });
  expect(errorOf(app)).toContain('lab/it.metadata.namespace: got ');
});

describe('a kind', () => {
  test.each(['', 'Config Map', '1Map', 'Config-Map'])('%j is refused', kind => {
    expect(said({ apiVersion: 'example.com/v1', kind, metadata: { name: 'it' } })[0]).toBe(`kind: got ${JSON.stringify(kind)}; must be the name of a kind: letters and digits, the first a letter`);
  });

  test('that is missing is refused', () => {
    expect(said({ apiVersion: 'v1', metadata: { name: 'it' } })[0]).toBe('kind: got nothing; must be the name of a kind: letters and digits, the first a letter');
  });

  test('with a slip of the pen is refused', () => {
    expect(said({ apiVersion: 'apps/v1', kind: 'Deploymnt', metadata: { name: 'it' } })[0])
      .toBe('kind: got "Deploymnt"; must be a kind of the group "apps"; one of ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet');
    expect(said({ apiVersion: 'v1', kind: 'Deployment', metadata: { name: 'it' } })[0]).toContain('must be a kind of the core group; one of Binding, ConfigMap');
  });

  test('of another group is taken as it is', () => expect(said({ apiVersion: 'example.com/v1alpha1', kind: 'Anything', metadata: { name: 'it' } })).toEqual([]));
});

describe('an API version', () => {
  test.each(['containerservice.azure.com/v1api20231001', 'example.com/stable', 'example.com/a'])('%s is taken: who defines a resource may call its versions so', apiVersion => {
    expect(said({ apiVersion, kind: 'Widget', metadata: { name: 'it' } })).toEqual([]);
  });

  test.each(['stable', 'v1api20231001', 'example.com/1', 'example.com/v-', 'example.com/V1', `example.com/v${'1'.repeat(63)}`])('%s is refused', apiVersion => {
    expect(said({ apiVersion, kind: 'Widget', metadata: { name: 'it' } })[0]).toContain('must be a version, such as "v1", after an API group and "/" if there is one');
  });


  test.each(['', '1', 'apps', 'Apps/v1', 'v1.0'])('%j is refused', apiVersion => {
    expect(said({ apiVersion, kind: 'Widget', metadata: { name: 'it' } })[0]).toBe(`apiVersion: got ${JSON.stringify(apiVersion)}; must be a version, such as "v1", after an API group and "/" if there is one`);
  });

  test.each([['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'autoscaling/v2'], ['policy/v1beta1', 'PodDisruptionBudget', 'policy/v1'], ['batch/v1beta1', 'CronJob', 'batch/v1'], ['v2', 'Pod', 'v1']])(
    '%s, which no cluster serves any more, is refused', (apiVersion, kind, instead) => {
      expect(said({ apiVersion, kind, metadata: { name: 'it' } })[0]).toBe(`apiVersion: got "${apiVersion}"; must be a version that Kubernetes still serves; write "${instead}"`);
    });
});
