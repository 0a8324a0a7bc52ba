import { at, Call, call, Dictionary, Literal, make, Name, placesOf, Program, replaced, run } from '../../conformance/programs/expression';
import { mutated } from '../../conformance/programs/mutations';
import { print } from '../../conformance/programs/print';
import { reduced } from '../../conformance/programs/reduce';
import { signatureOf } from '../../conformance/programs/trial';

class Box {
  public readonly items: unknown[] = [];
  constructor(public readonly options: unknown) {}
  public add(item: unknown): void { this.items.push(item); }
}

const library = { Box, Size: { of: (amount: number) => ({ amount }) }, Kind: { A: 'a' } };

const program: Program = [
  { variable: 'box', value: make('Box', { size: call('Size.of', 3), kind: new Name('Kind.A'), labels: new Dictionary([['__proto__', 'x']]), odd: new Literal('NaN', () => NaN) }) },
  { value: call('box.add', ['a', 'b\u2028']) },
];

test('a program runs', () => {
  const box: Box = run(program, library).get('box');
  expect(box.options).toMatchObject({ size: { amount: 3 }, kind: 'a', odd: NaN });
  expect(Object.entries((box.options as any).labels)).toEqual([['__proto__', 'x']]);
  expect(box.items).toEqual([['a', 'b\u2028']]);
});

test('a program is printed as one that can be pasted', () => {
  expect(print(program)).toBe([
    'const box = new Box({ size: Size.of(3), kind: Kind.A, labels: { ["__proto__"]: "x" }, odd: NaN });',
    'box.add(["a", "b\\u2028"]);',
  ].join('\n'));
});

test('what is at a place can be replaced', () => {
  const paths = placesOf(program).map(({ path }) => path.join('.'));
  expect(paths).toEqual(['0', '0.0', '0.0.size', '0.0.size.0', '0.0.kind', '0.0.labels', '0.0.labels.0', '0.0.odd', '1', '1.0', '1.0.0', '1.0.1']);
  for (const { path } of placesOf(program)) {
    const other = replaced(program, path, 'changed');
    expect(at(other, path)).toBe('changed');
    expect(other).toHaveLength(2);
  }
});

test('a mutation changes one place, and the same dice change it the same way', () => {
  for (let place = 0; place < 20; place++) {
    for (let change = 0; change < 200; change += 13) {
      const mutation = mutated(program, { place, change }, [program]);
      if (!mutation) { continue; }
      expect(mutation.program).toHaveLength(2);
      const again = mutated(program, { place, change }, [program])!;
      expect([again.path, again.what]).toEqual([mutation.path, mutation.what]);
    }
  }
});

test('a failing program loses what it fails without', async () => {
  const small = await reduced(program, 5, async smaller => placesOf(smaller).some(({ value }) => value instanceof Call && value.callee === 'Size.of'));
  expect(print(small)).toBe('const box = new Box({ size: Size.of(3) });');
});

test('failures of one sort have one signature', () => {
  const [a, b] = ['x', 'y'].map(name => signatureOf(`chart/${name}.port: got "${name}"; must be a whole number from 1 to 65535`));
  expect(a).toBe(b);
  expect(signatureOf('chart/x.name: got "x"; must be a name')).not.toBe(a);
});
