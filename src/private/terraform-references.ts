import { createHash } from 'crypto';
import type * as Cdktf from 'cdktf';
import { IConstruct } from 'constructs';
import { cdktf, isTerraformToken } from './terraform';

type Stack = Cdktf.TerraformStack;

/** What is in place of the tokens of a value, and the stacks whose attributes they are. */
export function dereferenced(scope: IConstruct, value: unknown): { readonly value: unknown; readonly stacks: ReadonlySet<Stack> } {
  const { DefaultTokenResolver, StringConcat, Tokenization } = cdktf();
  const stacks = new Set<Stack>();
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolveToken = resolver.resolveToken.bind(resolver);
  resolver.resolveToken = (token, ...rest) => {
    const { originStack } = token as { originStack?: Stack };
    if (originStack) { stacks.add(originStack); }
    return resolveToken(token, ...rest);
  };
  return { value: Tokenization.resolve(value, { scope, resolver, preparing: false }), stacks };
}

/**
 * The id of what a text tells from others of its kind: the same in every run, whatever else the program makes and in which order.
 *
 * cdktf counts its tokens, so that of one it is the attribute that counts, and the stack that it is of.
 */
export function idOf(scope: IConstruct, what: string, text: string): string {
  if (/^[A-Za-z0-9][-A-Za-z0-9_.]{0,63}$/.test(text)) { return `${what}-${text}`; }
  const said = isTerraformToken(text) ? dereferenced(scope, text) : { value: text, stacks: [] };
  return `${what}-${shortHash(JSON.stringify([said.value, ...[...said.stacks].map(stack => stack.node.path)]))}`;
}

/** Eight digits that tell a text from others. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
