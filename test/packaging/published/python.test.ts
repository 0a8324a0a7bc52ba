import { execFileSync } from 'child_process';
import { readdirSync } from 'fs';
import { join, resolve } from 'path';
import { Consumer } from './consumer';

const MINUTES = 60_000;

const PYTHON = `
from cdk8s_ml import ModelServer, ModelServingApp, PlatformApp, PlatformChart
app = PlatformApp()
ModelServingApp(PlatformChart(app, 'iris'), 'iris', server=ModelServer.flask(image='docker.io/me/iris:1.4'), replicas=3)
app.synth()
`;

const JAVASCRIPT = `
const { ModelServer, ModelServingApp, PlatformApp, PlatformChart } = require(${JSON.stringify(resolve('.'))});
const app = new PlatformApp();
new ModelServingApp(new PlatformChart(app, 'iris'), 'iris', { server: ModelServer.flask({ image: 'docker.io/me/iris:1.4' }), replicas: 3 });
app.synth();
`;

const consumer = new Consumer();
let wheel: string;

beforeAll(() => {
  const out = join(consumer.directory, 'wheel');
  execFileSync('npx', ['jsii-pacmak', '--target', 'python', '--outdir', out], { stdio: 'pipe' });
  wheel = join(out, 'python', readdirSync(join(out, 'python')).find(file => file.endsWith('.whl'))!);
  consumer.run('python3 -m venv venv');
  consumer.run(`venv/bin/pip install --quiet --disable-pip-version-check ${wheel}`);
}, 15 * MINUTES);

afterAll(() => consumer.remove());

test('the wheel requires the required peers alone', () => {
  const metadata = consumer.run('venv/bin/python -c "import importlib.metadata as m; print(\'\\n\'.join(m.requires(\'cdk8s-ml\')))"');
  expect(metadata.split('\n').map(line => line.split(/[<>=! ~]/)[0]).filter(name => name !== '').sort())
    .toEqual(['cdk8s', 'cdk8s-plus-27', 'constructs', 'jsii', 'publication']);
});

test('a Python program writes what the same program in JavaScript writes', () => {
  consumer.write('main.py', PYTHON);
  consumer.write('main.js', JAVASCRIPT);
  consumer.run('venv/bin/python main.py', { CDK8S_OUTDIR: 'python' });
  consumer.run('node main.js', { CDK8S_OUTDIR: 'javascript' });
  expect(Object.keys(consumer.folder('python'))).toEqual(['iris.k8s.yaml']);
  expect(consumer.folder('python')).toEqual(consumer.folder('javascript'));
}, 2 * MINUTES);

test('a mistake is told to a Python program in the same words', () => {
  consumer.write('wrong.py', PYTHON.replace('replicas=3', 'replicas=-3'));
  expect(() => consumer.run('venv/bin/python wrong.py', { CDK8S_OUTDIR: 'wrong' })).toThrow(/iris\/iris\.replicas: got -3; must /);
  expect(consumer.has('wrong')).toBe(false);
}, 2 * MINUTES);
