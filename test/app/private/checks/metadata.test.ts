import { deployment, said, saidWith } from './manifests';

const labelled = (labels: any) => said({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', labels } });
const VALUE = 'must be a string of at most 63 letters, digits, "-", "_" and ".", that starts and ends with a letter or digit';
const KEY = 'must be a key of at most 63 letters, digits, "-", "_" and ".", after a domain and "/" if there is one';

describe('a label', () => {
  test.each(['a'.repeat(64), 'a b', 'a/b', 'a-', '-a', '_', 'é', 'a\u2028b', 'org/model'])('with the value %j is refused', value => {
    expect(labelled({ key: value })[0]).toMatch(/^metadata\.labels\.key: got /);
    expect(labelled({ key: value })[0]).toContain(VALUE);
  });

  test.each([5, true])('with the value %j is refused', value => {
    expect(labelled({ key: value })).toEqual([`metadata.labels.key: got ${value}; ${VALUE}`]);
  });

  test.each(['', 'a'.repeat(64), '-a', 'a/b/c', 'A.com/a', '/a', 'a/', 'a b', `${'d'.repeat(254)}/a`, '__proto__'])('with the key %j is refused', key => {
    const [first] = labelled(Object.defineProperty({}, key, { value: 'x', enumerable: true }));
    expect(first).toMatch(/^metadata\.labels: got /);
    expect(first).toContain(KEY);
  });

  test('in good order is taken', () => {
    expect(labelled({ 'app.kubernetes.io/name': 'a', 'a': '', 'A_b.c-1': 'A_b.c-1', 'x': 'a'.repeat(63), 'constructor': 'y' })).toEqual([]);
  });

  test('of a pod template is checked like any', () => {
    expect(saidWith(deployment(), 'spec.template.metadata.labels.bad', 'a b')[0]).toContain('spec.template.metadata.labels.bad: got "a b"');
  });
});

describe('an annotation', () => {
  const annotated = (annotations: any) => said({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', annotations } });

  test('takes any text', () => expect(annotated({ 'example.com/a': 'yes: no\u2028\n' })).toEqual([]));

  test('is a string', () => expect(annotated({ a: 5 })).toEqual(['metadata.annotations.a: got 5; must be a string; write "5"']));

  test('has a key like a label\'s', () => expect(annotated({ 'a b': 'x' })).toEqual([`metadata.annotations: got "a b"; ${KEY}`]));

  test('of more than 256 KiB with the others is refused', () => {
    expect(annotated({ a: 'x'.repeat(140000), b: 'é'.repeat(70000) })).toEqual(['metadata.annotations: got "280002 bytes"; must have at most 262144 bytes together; put long texts into a ConfigMap']);
  });
});

describe('a selector', () => {
  const selector = (value: any) => saidWith(deployment(), 'spec.selector', value);

  test('selects the pods of its template', () => {
    expect(selector({ matchLabels: { app: 'other' } })).toEqual(['spec.selector: got {"matchLabels":{"app":"other"}}; must select the pods of the template; their labels are {"app":"web"}']);
    expect(selector({ matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'x'] }] })).toEqual([]);
    expect(selector({ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] })[0]).toContain('must select the pods of the template');
    expect(selector({ matchExpressions: [{ key: 'app', operator: 'Exists' }] })).toEqual([]);
    expect(selector({ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] })[0]).toContain('must select the pods');
  });

  test('is not empty', () => {
    for (const empty of [undefined, {}, { matchLabels: {} }]) { expect(selector(empty)[0]).toContain('must select the pods of the template by at least one label; let it select them'); }
  });

  test('has expressions that mean something', () => {
    expect(selector({ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'a b', operator: 'is', values: ['x y'] }] }).slice(0, 4)).toEqual([
      'spec.selector.matchExpressions[0].operator: got "is"; must be "In", "NotIn", "Exists" or "DoesNotExist"',
      'spec.selector.matchExpressions[0].key: got "a b"; must be a label\'s key',
      'spec.selector.matchExpressions[0].values: got ["x y"]; must be left out with the operator is',
      `spec.selector.matchExpressions[0].values: got "x y"; ${VALUE}`,
    ]);
    expect(selector({ matchExpressions: [{ key: 'app', operator: 'In' }] })[0]).toBe('spec.selector.matchExpressions[0].values: got []; must have at least one value');
  });
});

test('what must be a dictionary or a list and is none is refused', () => {
  expect(saidWith(deployment(), 'spec.template.metadata.labels', 'x')).toContain('spec.template.metadata.labels: got "x"; must be a dictionary');
  expect(saidWith(deployment(), 'spec.template.spec.containers', {})[0]).toBe('spec.template.spec.containers: got {}; must be a list');
});
