import { Accelerator } from '../../gpu';

/** The first version of CUDA that can use an accelerator, by how its name begins. */
const FIRST: ReadonlyArray<readonly [name: RegExp, cuda: string, generation: string]> = [
  [/^V100/, '9.0', 'Volta'], [/^T4/, '10.0', 'Turing'], [/^A(10|16|30|40|100)\b/, '11.0', 'Ampere'], [/^(L4|L40|L40S)\b/, '11.8', 'Ada Lovelace'],
  [/^(H100|H200|GH200)\b/, '11.8', 'Hopper'], [/^(B200|GB200)\b/, '12.8', 'Blackwell'],
];

/** What an accelerator needs of CUDA; undefined for one that the table doesn't have. */
export function cudaOf(accelerator: Accelerator): { readonly first: string; readonly generation: string } | undefined {
  const found = FIRST.find(([name]) => name.test(accelerator.name));
  return found && { first: found[1], generation: found[2] };
}

/** Whether a version of CUDA is before another; a major version alone may be any of its minor ones. */
export function isOlder(cuda: string, first: string): boolean {
  const [major, minor] = cuda.split('.').map(Number);
  const [firstMajor, firstMinor] = first.split('.').map(Number);
  return major < firstMajor || (major === firstMajor && minor !== undefined && minor < firstMinor);
}
