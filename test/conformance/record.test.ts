import { readFileSync } from 'fs';
import { readmeWith } from '../../conformance/record';

const readme = readFileSync('README.md', 'utf8');
const report = JSON.parse(readFileSync('conformance/results/report.json', 'utf8'));

test('the README has the numbers of the recorded run', () => {
  expect(readmeWith(report, readme)).toBe(readme);
});

test('the recorded run was whole and found nothing', () => {
  expect(report.totals).toMatchObject({ failed: 0 });
  // its releases are the user's to give; everything else needs nothing but the machine
  const skipped = report.judges.filter((judge: { skipped: number }) => judge.skipped > 0).map(({ name }: { name: string }) => name);
  expect(skipped.filter((name: string) => name !== 'kubeflow')).toEqual([]);
  expect(report.numbers).toMatchObject({ findings: 0 });
  expect(report.numbers['programs generated']).toBeGreaterThanOrEqual(500);
  expect(report.judges.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['kube-apiserver-1.33', 'kube-apiserver-1.36', 'simulation-1.36', 'network', 'programs', 'starts', 'determinism', 'terraform', 'tflint', 'checkov-terraform', 'kubeflow']));
});

test('a README without a place for the numbers is said to have none', () => {
  expect(() => readmeWith(report, '# A page')).toThrow('README.md has no place for the numbers');
});
